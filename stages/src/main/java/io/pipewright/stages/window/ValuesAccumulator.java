package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate.Call;
import io.pipewright.spi.record.DataRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call whose result needs every value: they are kept in a list besides the pane ({@link KeptValues}), and looked at last. */
abstract class ValuesAccumulator extends CallAccumulator {

    final int field;

    private ValuesAccumulator(Call call, PaneLayout layout) {
        field = layout.values().position(PaneLayout.valuesName(call));
    }

    @Override
    final void add(DataRecord record, long time, @Nullable Object[] pane) {}

    @Override
    final void addValue(Object value, @Nullable Object[] pane) {}

    @Override
    final void merge(@Nullable Object[] other, @Nullable Object[] pane) {}

    /** How many different values there are; numbers that are equal are one, however they are written. */
    static final class Distinct extends ValuesAccumulator {

        Distinct(Call call, PaneLayout layout) {
            super(call, layout);
        }

        @Override
        Object result(DataRecord pane, List<DataRecord> values) {
            Set<DataRecord> different = new HashSet<>();
            for (DataRecord each : values) {
                Object value = each.get(field);
                if (value != null) {
                    different.add(DataRecord.of(oneForm(value)));
                }
            }
            return (long) different.size();
        }

        /** Numbers that are equal in one form. */
        static Object oneForm(Object value) {
            if (value instanceof BigDecimal number) {
                return number.stripTrailingZeros();
            }
            return value instanceof Double number ? (Object) (number + 0.0) : value; // -0.0 is 0.0
        }
    }

    /** The least value that is not exceeded by at least the given share of all. */
    static final class Percentile extends ValuesAccumulator {
        private final BigDecimal share;

        Percentile(Call call, PaneLayout layout) {
            super(call, layout);
            share = Objects.requireNonNull(call.number());
        }

        @Override
        @Nullable
        Object result(DataRecord pane, List<DataRecord> values) {
            List<Object> ordered = new ArrayList<>(values.size());
            for (DataRecord each : values) {
                Object value = each.get(field);
                if (value != null) {
                    ordered.add(value);
                }
            }
            if (ordered.isEmpty()) {
                return null;
            }
            ordered.sort(ValueOrder::compare);
            BigDecimal rank = share.multiply(BigDecimal.valueOf(ordered.size())).setScale(0, RoundingMode.CEILING);
            return ordered.get(rank.intValueExact() - 1);
        }
    }
}
