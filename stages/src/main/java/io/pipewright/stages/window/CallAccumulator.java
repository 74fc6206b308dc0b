package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate.Call;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates one aggregate call into its fields of a pane.
 *
 * <p>Nulls of the argument are skipped. Floating sums are compensated as Neumaier describes (A. Neumaier,
 * "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974), so that their error does not
 * grow with the number of records.
 */
abstract class CallAccumulator {

    private final @Nullable Evaluator argument;
    private final @Nullable Evaluator condition;

    CallAccumulator(Call call, Scope scope) {
        argument = bind(call.argument(), scope);
        condition = bind(call.condition(), scope);
    }

    CallAccumulator() {
        argument = null;
        condition = null;
    }

    /** The accumulators of all that a layout keeps, by the first of their fields. */
    static Map<String, CallAccumulator> of(PaneLayout layout, Scope scope) {
        Map<String, CallAccumulator> byName = new LinkedHashMap<>();
        layout.calls().forEach((name, call) -> byName.put(name, of(call, layout, scope)));
        if (layout.latest() >= 0) {
            byName.put(PaneLayout.LATEST, new LatestTime(layout.latest()));
        }
        return byName;
    }

    private static CallAccumulator of(Call call, PaneLayout layout, Scope scope) {
        return switch (call.function()) {
            case COUNT -> new Count(call, layout, scope);
            case AVG -> new Average(call, layout, scope);
            case MIN -> new Extreme(call, layout, scope, -1);
            case MAX -> new Extreme(call, layout, scope, 1);
            case SUM -> call.type() == Scalar.DOUBLE
                    ? new CompensatedSum(call, layout, scope)
                    : new ExactSum(call, layout, scope);
            case FIRST -> new TimedAccumulator.AtEdge(call, layout, scope, false);
            case LAST -> new TimedAccumulator.AtEdge(call, layout, scope, true);
            case ARG_MIN -> new TimedAccumulator.OfExtreme(call, layout, scope, -1);
            case ARG_MAX -> new TimedAccumulator.OfExtreme(call, layout, scope, 1);
            case COLLECT -> new TimedAccumulator.Collected(call, layout, scope);
            case COUNT_DISTINCT -> layout.sketchCalls().isEmpty()
                    ? new ValuesAccumulator.Distinct(call, layout)
                    : new SketchAccumulator.Distinct(call, layout, scope);
            case PERCENTILE -> layout.sketchCalls().isEmpty()
                    ? new ValuesAccumulator.Percentile(call, layout)
                    : new SketchAccumulator.Percentile(call, layout, scope);
        };
    }

    static @Nullable Evaluator bind(@Nullable CheckedExpression expression, Scope scope) {
        return expression == null ? null : expression.evaluator(scope);
    }

    /**
     * Adds a record.
     *
     * @param time of the record, in epoch milliseconds
     * @param pane the values to change, of a pane that is thrown away when any call fails
     * @throws EvaluationException if an expression has no value, or a sum no room
     */
    void add(DataRecord record, long time, @Nullable Object[] pane) {
        Object value = value(record);
        if (value != null) {
            addValue(value, pane);
        }
    }

    /** What counts of a record; null if nothing does. */
    final @Nullable Object value(DataRecord record) {
        if (condition != null && !condition.test(record)) {
            return null;
        }
        return argument == null ? Boolean.TRUE : argument.evaluate(record);
    }

    abstract void addValue(Object value, @Nullable Object[] pane);

    /** Whether {@link #add} may fail, and then leave a pane that is of no use. */
    final boolean mayFail() {
        return argument != null || condition != null;
    }

    /**
     * Adds what another pane of the same layout has accumulated.
     *
     * @throws EvaluationException if a sum has no room
     */
    abstract void merge(@Nullable Object[] other, @Nullable Object[] pane);

    /**
     * Whether what a partial pane has accumulated is so small that adding it to another one overflows only where single
     * records would as well.
     */
    boolean fitsPartial(@Nullable Object[] pane) {
        return true;
    }

    /**
     * The result so far.
     *
     * @param values that were kept besides the pane, for calls that need every one
     */
    abstract @Nullable Object result(DataRecord pane, List<DataRecord> values);

    private static final class Count extends CallAccumulator {
        private final int position;

        Count(Call call, PaneLayout layout, Scope scope) {
            super(call, scope);
            position = layout.position(call);
        }

        @Override
        void addValue(Object value, @Nullable Object[] pane) {
            pane[position] = pane[position] instanceof Long count ? count + 1 : 1L;
        }

        @Override
        void merge(@Nullable Object[] other, @Nullable Object[] pane) {
            if (other[position] instanceof Long more) {
                pane[position] = pane[position] instanceof Long count ? count + more : more;
            }
        }

        @Override
        Object result(DataRecord pane, List<DataRecord> values) {
            return pane.get(position) instanceof Long count ? count : 0L;
        }
    }

    /** Sums of longs, decimals and durations. */
    private static final class ExactSum extends CallAccumulator {
        private static final long SMALL = 1L << 53;

        private final Call call;
        private final int position;

        ExactSum(Call call, PaneLayout layout, Scope scope) {
            super(call, scope);
            this.call = call;
            position = layout.position(call);
        }

        @Override
        void addValue(Object value, @Nullable Object[] pane) {
            Object sum = pane[position];
            try {
                pane[position] = sum == null ? widened(value) : plus(sum, widened(value));
            } catch (ArithmeticException overflow) {
                throw new EvaluationException(
                        "overflow", "`" + PaneLayout.name(call) + "` does not fit its type any more.");
            }
        }

        @Override
        void merge(@Nullable Object[] other, @Nullable Object[] pane) {
            Object more = other[position];
            if (more != null) {
                addValue(more, pane);
            }
        }

        @Override
        boolean fitsPartial(@Nullable Object[] pane) {
            Object sum = pane[position];
            long size = sum instanceof Long number ? number : sum instanceof Duration time ? time.getSeconds() : 0;
            return -SMALL < size && size < SMALL;
        }

        private static Object widened(Object value) {
            return value instanceof Integer number ? (Object) number.longValue() : value;
        }

        private static Object plus(Object sum, Object value) {
            if (sum instanceof Long a && value instanceof Long b) {
                return Math.addExact(a, b);
            }
            if (sum instanceof BigDecimal a && value instanceof BigDecimal b) {
                return a.add(b);
            }
            return ((Duration) sum).plus((Duration) value);
        }

        @Override
        @Nullable
        Object result(DataRecord pane, List<DataRecord> values) {
            Object sum = pane.get(position);
            if (sum != null || call.nullable()) {
                return sum;
            }
            return call.type() == Scalar.DECIMAL
                    ? BigDecimal.ZERO
                    : call.type() == Scalar.DURATION ? (Object) Duration.ZERO : (Object) 0L;
        }
    }

    private static class CompensatedSum extends CallAccumulator {
        private final int position;
        private final int compensation;
        private final boolean nullable;

        CompensatedSum(Call call, PaneLayout layout, Scope scope) {
            super(call, scope);
            position = layout.position(call);
            compensation = layout.compensation(call);
            nullable = call.nullable();
        }

        @Override
        void addValue(Object value, @Nullable Object[] pane) {
            addSum(((Number) value).doubleValue(), pane);
        }

        private void addSum(double added, @Nullable Object[] pane) {
            double before = pane[position] instanceof Double sum ? sum : 0.0;
            double after = before + added;
            if (Double.isFinite(after)) {
                double lost = Math.abs(before) >= Math.abs(added) ? (before - after) + added : (added - after) + before;
                pane[compensation] = (pane[compensation] instanceof Double sum ? sum : 0.0) + lost;
            }
            pane[position] = after;
        }

        @Override
        void merge(@Nullable Object[] other, @Nullable Object[] pane) {
            if (other[position] instanceof Double sum) {
                addSum(sum, pane);
                if (other[compensation] instanceof Double lost) {
                    pane[compensation] = (pane[compensation] instanceof Double before ? before : 0.0) + lost;
                }
            }
        }

        @Override
        @Nullable
        Object result(DataRecord pane, List<DataRecord> values) {
            if (!(pane.get(position) instanceof Double sum)) {
                return nullable ? null : (Object) 0.0;
            }
            return Double.isFinite(sum) && pane.get(compensation) instanceof Double lost ? (Object) (sum + lost) : sum;
        }
    }

    private static final class Average extends CompensatedSum {
        private final int count;

        Average(Call call, PaneLayout layout, Scope scope) {
            super(call, layout, scope);
            count = layout.count(call);
        }

        @Override
        void addValue(Object value, @Nullable Object[] pane) {
            super.addValue(value, pane);
            pane[count] = pane[count] instanceof Long known ? known + 1 : 1L;
        }

        @Override
        void merge(@Nullable Object[] other, @Nullable Object[] pane) {
            super.merge(other, pane);
            if (other[count] instanceof Long more) {
                pane[count] = pane[count] instanceof Long known ? known + more : more;
            }
        }

        @Override
        @Nullable
        Object result(DataRecord pane, List<DataRecord> values) {
            if (!(pane.get(count) instanceof Long known)) {
                return null;
            }
            Object sum = super.result(pane, values);
            return sum == null ? null : (Object) ((Double) sum / known);
        }
    }

    private static final class Extreme extends CallAccumulator {
        private final int position;
        private final int sign;

        Extreme(Call call, PaneLayout layout, Scope scope, int sign) {
            super(call, scope);
            position = layout.position(call);
            this.sign = sign;
        }

        @Override
        void addValue(Object value, @Nullable Object[] pane) {
            Object best = pane[position];
            if (best == null || ValueOrder.compare(value, best) * sign > 0) {
                pane[position] = value;
            }
        }

        @Override
        @Nullable
        Object result(DataRecord pane, List<DataRecord> values) {
            return pane.get(position);
        }

        @Override
        void merge(@Nullable Object[] other, @Nullable Object[] pane) {
            Object value = other[position];
            if (value != null) {
                addValue(value, pane);
            }
        }
    }
}
