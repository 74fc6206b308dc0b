package io.pipewright.stages.dedupe;

import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.PortKind;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked {@code dedupe}.
 *
 * @param name of the records that it emits, for messages
 * @param ttl in milliseconds, or {@link ExpiringState#FOR_GOOD}
 */
record DedupePlan(String name, RecordType input, List<String> keyBy, long ttl) implements StagePlan {

    static final String DUPLICATES = "duplicates";

    /** The name of the state, and what it holds of a key beside the time: nothing. */
    static final String SEEN = "seen";

    static final RecordType NOTHING = new RecordType("nothing", List.of());

    DedupePlan {
        keyBy = List.copyOf(keyBy);
    }

    @Override
    public List<OutputPort> outputs() {
        return List.of(
                OutputPort.main(input.named(name)),
                new OutputPort(DUPLICATES, PortKind.INFORMATION, input),
                OutputPort.late(input));
    }

    @Override
    public Partitioning partitioning(String port) {
        return port.equals(OutputPort.LATE) ? Partitioning.UNKNOWN : new Partitioning.ByKey(keyBy, true);
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>(keyBy);
        readOfOutputs.values().forEach(read::addAll);
        return Map.of(FROM, read);
    }

    @Override
    public String stateSignature() {
        return "seen: key " + input.project(keyBy).named("key") + ", " + ExpiringState.stored(SEEN, NOTHING);
    }
}
