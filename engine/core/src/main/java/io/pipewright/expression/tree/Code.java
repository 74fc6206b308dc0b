package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.record.DataRecord;
import org.jspecify.annotations.Nullable;

/** A closure: one node of the tree bound to the layout of its inputs, with ways to read its value without boxing. */
abstract class Code extends Evaluator {

    /** The value, which the caller needs. */
    final Object value(DataRecord record, @Nullable Object[] variables) {
        Object value = evaluate(record, variables);
        if (value == null) {
            throw missing();
        }
        return value;
    }

    long longValue(DataRecord record, @Nullable Object[] variables) {
        return (Long) value(record, variables);
    }

    double doubleValue(DataRecord record, @Nullable Object[] variables) {
        return (Double) value(record, variables);
    }

    boolean booleanValue(DataRecord record, @Nullable Object[] variables) {
        return (Boolean) value(record, variables);
    }

    static EvaluationException missing() {
        return new EvaluationException("null-value", "A value that the expression needs is null.");
    }

    /** A closure whose value is always there and a boolean. */
    abstract static class OfBoolean extends Code {
        @Override
        public abstract boolean test(DataRecord record, @Nullable Object[] variables);

        @Override
        public final Object evaluate(DataRecord record, @Nullable Object[] variables) {
            return test(record, variables);
        }

        @Override
        final boolean booleanValue(DataRecord record, @Nullable Object[] variables) {
            return test(record, variables);
        }
    }

    /** A closure whose value is always there and a 64 bit integer. */
    abstract static class OfLong extends Code {
        @Override
        abstract long longValue(DataRecord record, @Nullable Object[] variables);

        @Override
        public final Object evaluate(DataRecord record, @Nullable Object[] variables) {
            return longValue(record, variables);
        }
    }

    /** A closure whose value is always there and a double. */
    abstract static class OfDouble extends Code {
        @Override
        abstract double doubleValue(DataRecord record, @Nullable Object[] variables);

        @Override
        public final Object evaluate(DataRecord record, @Nullable Object[] variables) {
            return doubleValue(record, variables);
        }
    }
}
