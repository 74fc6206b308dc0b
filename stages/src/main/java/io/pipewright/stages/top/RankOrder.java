package io.pipewright.stages.top;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The order of the ranks; a null is behind all values. */
final class RankOrder implements Comparator<RankOrder.Ranked> {

    private final Evaluator[] by;
    private final boolean[] descending;

    RankOrder(TopPlan plan, RecordType input) {
        int parts = plan.orderBy().size();
        by = new Evaluator[parts];
        descending = new boolean[parts];
        for (int i = 0; i < parts; i++) {
            by[i] = plan.orderBy().get(i).by().evaluator(Scope.of(input));
            descending[i] = plan.orderBy().get(i).descending();
        }
    }

    /** A record and what it is ordered by. */
    static final class Ranked {

        private final DataRecord record;
        private final @Nullable Object[] values;

        private Ranked(DataRecord record, @Nullable Object[] values) {
            this.record = record;
            this.values = values;
        }

        DataRecord record() {
            return record;
        }
    }

    /** @throws EvaluationException if a value to order by cannot be computed */
    Ranked of(DataRecord record) {
        @Nullable Object[] values = new Object[by.length];
        for (int i = 0; i < by.length; i++) {
            values[i] = by[i].evaluate(record);
        }
        return new Ranked(record, values);
    }

    @Override
    public int compare(Ranked one, Ranked other) {
        for (int i = 0; i < by.length; i++) {
            int order = compare(one.values[i], other.values[i], descending[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked") // both are values of one expression, whose type was checked to have an order
    private static int compare(@Nullable Object one, @Nullable Object other, boolean descending) {
        if (one == null || other == null) {
            return Boolean.compare(one == null, other == null);
        }
        int order = ((Comparable<Object>) one).compareTo(other);
        return descending ? -order : order;
    }
}
