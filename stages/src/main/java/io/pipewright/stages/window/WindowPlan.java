package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A checked {@code window}.
 *
 * @param name of the records that it emits, for messages
 * @param cut how event time is cut into windows
 * @param allowedLateness in milliseconds, 0 for none
 * @param emitEvery how often a window that has changed sends its row before it ends, in milliseconds of event time; 0 for
 *     never
 * @param approximate whether calls that need every value are estimated
 */
record WindowPlan(
        String name,
        RecordType input,
        List<Field> keys,
        Cut cut,
        long allowedLateness,
        long emitEvery,
        List<Aggregate> aggregates,
        boolean approximate)
        implements StagePlan {

    static final String WINDOW_START = "windowStart";
    static final String WINDOW_END = "windowEnd";

    /** How often the window has sent its row, from 1; only with {@code allowedLateness} or {@code emitEvery}. */
    static final String FIRING = "firing";

    private static final String PARTIAL_START = "#start";

    WindowPlan {
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    /** One named result. */
    record Aggregate(String name, CheckedAggregate expression) implements Serializable {}

    /** The fields that the engine adds: the bounds, if the windows have some. */
    private List<Field> bounds() {
        return cut.bounded()
                ? List.of(Field.of(WINDOW_START, Scalar.TIMESTAMP), Field.of(WINDOW_END, Scalar.TIMESTAMP))
                : List.of();
    }

    /** The key fields and the bounds: what is known of a window without its aggregates. */
    RecordType window() {
        List<Field> fields = new ArrayList<>(keys);
        fields.addAll(bounds());
        return new RecordType(name, fields);
    }

    PaneLayout pane() {
        return PaneLayout.of(this);
    }

    /** Whether a window may send its row more than once. */
    boolean firesOften() {
        return allowedLateness > 0 || emitEvery > 0;
    }

    /** What has been accumulated for one group before the exchange: its key, the start of the slice, and a pane. */
    RecordType partial() {
        List<Field> fields = new ArrayList<>(keys);
        fields.add(Field.of(PARTIAL_START, Scalar.LONG));
        fields.addAll(pane().type().fields());
        return new RecordType("partial", fields);
    }

    @Override
    public List<OutputPort> outputs() {
        List<Field> fields = new ArrayList<>(keys);
        for (Aggregate aggregate : aggregates) {
            CheckedExpression result = aggregate.expression.result();
            fields.add(new Field(aggregate.name, result.type(), result.nullable()));
        }
        fields.addAll(bounds());
        if (firesOften()) {
            fields.add(Field.of(FIRING, Scalar.LONG));
        }
        return List.of(OutputPort.main(new RecordType(name, fields)), OutputPort.late(input));
    }

    /** A row holds the key of its window. */
    @Override
    public Partitioning partitioning(String port) {
        return port.equals(OutputPort.MAIN)
                ? new Partitioning.ByKey(keys.stream().map(Field::name).toList(), false)
                : Partitioning.UNKNOWN;
    }

    /** All calls are accumulated, read or not: a reader that comes later finds whole windows. */
    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        Set<String> read = new LinkedHashSet<>();
        keys.forEach(key -> read.add(key.name()));
        for (Aggregate aggregate : aggregates) {
            for (CheckedAggregate.Call call : aggregate.expression.calls()) {
                call.expressions().forEach(expression -> read.addAll(expression.fieldsRead()));
            }
        }
        read.addAll(readOfOutputs.getOrDefault(OutputPort.LATE, Set.of()));
        return Map.of(FROM, read);
    }

    @Override
    public String stateSignature() {
        return "panes: key " + new RecordType("key", keys) + ", " + cut.text() + ", " + pane().type()
                + (pane().values().size() == 0 ? "" : ", " + pane().values());
    }
}
