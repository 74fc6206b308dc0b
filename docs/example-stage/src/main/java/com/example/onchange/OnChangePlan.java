package com.example.onchange;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked {@code onChange}: all that the engine, and the builder, must know of it. It travels to the cluster, and has
 * nothing of Flink in it.
 *
 * @param name of the records that it emits, for messages
 * @param ttl in milliseconds, or {@link ExpiringState#FOR_GOOD}
 */
record OnChangePlan(String name, RecordType input, List<String> keyBy, CheckedExpression value, long ttl)
        implements StagePlan {

    /** The name of the state. It is part of every savepoint, and so never changes. */
    static final String LAST = "last";

    OnChangePlan {
        keyBy = List.copyOf(keyBy);
    }

    /** What is remembered of a key, beside the time. */
    RecordType remembered() {
        return RecordType.of("remembered", new Field("value", value.type(), value.nullable()));
    }

    /** The port {@code .errors} is not named here: the engine adds it. */
    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(input.named(name)), OutputPort.late(input));
    }

    /** Who reads this stage by the same key needs no second exchange of records. */
    @Override
    public Partitioning partitioning(String port) {
        return port.equals(OutputPort.MAIN) ? new Partitioning.ByKey(keyBy, true) : Partitioning.UNKNOWN;
    }

    /** What nothing reads is not even kept by the source. */
    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(keyBy);
        read.addAll(value.fieldsRead());
        readOfOutputs.values().forEach(read::addAll);
        return Map.of(FROM, read);
    }

    @Override
    public String stateSignature() {
        return "last: key " + input.project(keyBy).named("key") + ", " + ExpiringState.stored(LAST, remembered());
    }
}
