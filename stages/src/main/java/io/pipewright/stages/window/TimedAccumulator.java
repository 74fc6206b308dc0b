package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate.Call;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates a call for which it matters when a record was: a value is kept with its time. Of records with one time the order in
 * which they came decides, so these calls are not aggregated before the exchange.
 */
abstract class TimedAccumulator extends CallAccumulator {

    final int position;
    final int times;

    private TimedAccumulator(Call call, PaneLayout layout, Scope scope) {
        super(call, scope);
        position = layout.position(call);
        times = layout.times(call);
    }

    @Override
    final void addValue(Object value, @Nullable Object[] pane) {
        throw new IllegalStateException("A value is added with its time.");
    }

    @Override
    @Nullable
    Object result(DataRecord pane, List<DataRecord> values) {
        return pane.get(position);
    }

    /** The value of the earliest or the latest record. */
    static final class AtEdge extends TimedAccumulator {
        private final boolean latest;

        AtEdge(Call call, PaneLayout layout, Scope scope, boolean latest) {
            super(call, layout, scope);
            this.latest = latest;
        }

        @Override
        void add(DataRecord record, long time, @Nullable Object[] pane) {
            Object value = value(record);
            if (value != null) {
                take(value, time, pane);
            }
        }

        private void take(@Nullable Object value, long time, @Nullable Object[] pane) {
            if (!(pane[times] instanceof Long kept) || (latest ? time >= kept : time < kept)) {
                pane[position] = value;
                pane[times] = time;
            }
        }

        @Override
        void merge(@Nullable Object[] other, @Nullable Object[] pane) {
            if (other[times] instanceof Long time) {
                take(other[position], time, pane);
            }
        }
    }

    /** The value of the record with the least or greatest of another value, of several the earliest. */
    static final class OfExtreme extends TimedAccumulator {
        private final int extreme;
        private final int sign;
        private final @Nullable Evaluator by;

        OfExtreme(Call call, PaneLayout layout, Scope scope, int sign) {
            super(call, layout, scope);
            this.extreme = layout.by(call);
            this.sign = sign;
            this.by = bind(call.by(), scope);
        }

        @Override
        void add(DataRecord record, long time, @Nullable Object[] pane) {
            Object value = value(record);
            if (value != null) {
                take(value, Objects.requireNonNull(by).evaluate(record), time, pane);
            }
        }

        private void take(@Nullable Object value, @Nullable Object weight, long time, @Nullable Object[] pane) {
            if (weight == null) {
                return;
            }
            Object best = pane[extreme];
            int order = best == null ? 1 : ValueOrder.compare(weight, best) * sign;
            if (order > 0 || (order == 0 && pane[times] instanceof Long kept && time < kept)) {
                pane[position] = value;
                pane[extreme] = weight;
                pane[times] = time;
            }
        }

        @Override
        void merge(@Nullable Object[] other, @Nullable Object[] pane) {
            if (other[times] instanceof Long time) {
                take(other[position], other[extreme], time, pane);
            }
        }
    }

    /** The values of the first so many records, in the order of their times. */
    static final class Collected extends TimedAccumulator {
        private final int limit;

        Collected(Call call, PaneLayout layout, Scope scope) {
            super(call, layout, scope);
            limit = Objects.requireNonNull(call.number()).intValueExact();
        }

        @Override
        void add(DataRecord record, long time, @Nullable Object[] pane) {
            Object value = value(record);
            if (value != null) {
                take(List.of(value), List.of(time), pane);
            }
        }

        /** What is added comes behind what has the same time. */
        private void take(List<?> values, List<?> moments, @Nullable Object[] pane) {
            List<?> kept = list(pane[position]);
            List<?> keptMoments = list(pane[times]);
            int size = Math.min(limit, kept.size() + values.size());
            List<Object> all = new ArrayList<>(size);
            List<Object> allMoments = new ArrayList<>(size);
            int own = 0;
            int added = 0;
            while (all.size() < size) {
                boolean ownIsNext = added == values.size()
                        || own < kept.size() && (Long) keptMoments.get(own) <= (Long) moments.get(added);
                all.add(ownIsNext ? kept.get(own) : values.get(added));
                allMoments.add(ownIsNext ? keptMoments.get(own++) : moments.get(added++));
            }
            if (added > 0) {
                pane[position] = Collections.unmodifiableList(all);
                pane[times] = Collections.unmodifiableList(allMoments);
            }
        }

        private static List<?> list(@Nullable Object value) {
            return value == null ? List.of() : (List<?>) value;
        }

        @Override
        void merge(@Nullable Object[] other, @Nullable Object[] pane) {
            take(list(other[position]), list(other[times]), pane);
        }

        @Override
        Object result(DataRecord pane, List<DataRecord> values) {
            return list(pane.get(position));
        }
    }
}
