package io.pipewright.stages.enrich;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.expression.Variable;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.PortKind;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code enrich}.
 *
 * @param name of the records that it emits, for messages
 * @param with the type of the remembered records
 * @param variable what expressions call the remembered record
 * @param ttl in milliseconds, or {@link ExpiringState#FOR_GOOD}
 * @param waitUpTo in milliseconds; 0 if no record waits for a first one of {@code with}
 * @param deleteWhere over the fields of {@code with}; null if nothing is deleted
 */
record EnrichPlan(
        String name,
        RecordType from,
        RecordType with,
        String variable,
        List<String> fromKey,
        List<String> withKey,
        long ttl,
        EnrichOptions.Order order,
        EnrichOptions.Missing missing,
        long waitUpTo,
        @Nullable CheckedExpression deleteWhere,
        ComputedFields added)
        implements StagePlan {

    /** The name of the second input. */
    static final String WITH = "with";

    /** What is remembered of a key: the latest record, its time, and the timer that ends it. */
    static final String TABLE = "table";

    /** What waits for a record of its key, each with its time. */
    static final String UNMATCHED = "unmatched";

    /** The port of what waited for a record of its key in vain. */
    static final String MISSED = "missed";

    EnrichPlan {
        fromKey = List.copyOf(fromKey);
        withKey = List.copyOf(withKey);
    }

    boolean byEventTime() {
        return order == EnrichOptions.Order.EVENT_TIME;
    }

    boolean waits() {
        return missing == EnrichOptions.Missing.WAIT;
    }

    /** What the expressions may name, where {@code from} is laid out so. */
    Scope scope(RecordType fromLayout) {
        return scope(fromLayout, with, variable, missing);
    }

    static Scope scope(RecordType from, RecordType with, String variable, EnrichOptions.Missing missing) {
        return Scope.of(from).with(new Variable(variable, with, missing == EnrichOptions.Missing.KEEP));
    }

    /** Whether a condition on what is emitted reads nothing that is added. */
    boolean isOverInput(CheckedExpression condition) {
        return added.fields().stream().noneMatch(field -> condition.fieldsRead().contains(field.name()));
    }

    /** Only in event time can a record be late; the two inputs differ in type, so both are told as JSON. */
    @Override
    public List<OutputPort> outputs() {
        List<OutputPort> outputs = new ArrayList<>();
        outputs.add(OutputPort.main(added.addedTo(from.named(name))));
        if (byEventTime()) {
            outputs.add(OutputPort.late(LateRecord.TYPE));
        }
        if (waits()) {
            outputs.add(new OutputPort(MISSED, PortKind.LOSS, from));
        }
        return outputs;
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = added.fieldsRead(readOfOutputs.getOrDefault(OutputPort.MAIN, Set.of()));
        read.addAll(fromKey);
        read.addAll(readOfOutputs.getOrDefault(MISSED, Set.of()));
        Set<String> remembered = new LinkedHashSet<>(with.names());
        if (readOfOutputs.containsKey(OutputPort.LATE)) {
            read.addAll(from.names());
            remembered.add(KeptFields.NAME); // of a late record all is told
        }
        return Map.of(FROM, read, WITH, remembered);
    }

    /**
     * A record keeps the key by which it was looked up, unless an added field takes the place of a key field. In event time
     * what waited is handed out in the order of the times; while records wait for a first one of {@code with}, all later ones
     * of their key do.
     */
    @Override
    public Partitioning partitioning(String port) {
        return port.equals(OutputPort.MAIN) && !added.replacesAny(from.project(fromKey))
                ? new Partitioning.ByKey(fromKey, byEventTime())
                : Partitioning.UNKNOWN;
    }

    @Override
    public String stateSignature() {
        List<Field> key = new ArrayList<>();
        withKey.forEach(field -> with.field(field).ifPresent(key::add));
        String table =
                "table: key " + new RecordType("key", key) + ", " + ExpiringState.stored(TABLE, with) + " of " + with;
        return waits() ? table + ", " + UNMATCHED + ": " + from : table;
    }
}
