package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate.Call;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of one record that are kept besides the pane, for calls that need every one. A record with one field for each
 * argument under its condition, shared by all calls of them.
 */
final class KeptValues {

    private final List<Field> fields;

    /** One argument, under its condition if it has one. */
    private record Field(Evaluator argument, @Nullable Evaluator condition) {}

    KeptValues(PaneLayout layout, Scope scope) {
        fields = layout.values().names().stream()
                .map(name -> field(layout.valuesCalls().get(name), scope))
                .toList();
    }

    private static Field field(@Nullable Call call, Scope scope) {
        Call known = Objects.requireNonNull(call);
        return new Field(
                Objects.requireNonNull(CallAccumulator.bind(known.argument(), scope)),
                CallAccumulator.bind(known.condition(), scope));
    }

    /** Whether any values are kept. */
    boolean any() {
        return !fields.isEmpty();
    }

    /**
     * What is kept of a record; null if nothing is.
     *
     * @throws EvaluationException if an expression has no value
     */
    @Nullable
    DataRecord of(DataRecord record) {
        if (fields.isEmpty()) {
            return null;
        }
        @Nullable Object[] values = new Object[fields.size()];
        boolean something = false;
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            if (field.condition == null || field.condition.test(record)) {
                values[i] = field.argument.evaluate(record);
                something |= values[i] != null;
            }
        }
        return something ? new DataRecord(values, null) : null;
    }
}
