package io.pipewright.spi.expression;

import io.pipewright.spi.record.DataRecord;
import org.jspecify.annotations.Nullable;

/**
 * An expression bound to the layout of its inputs, ready to be evaluated per record by one thread.
 *
 * <p>Values are of the classes that {@link io.pipewright.spi.type.Scalar#javaClass} names for the expression's type
 * (integer arithmetic is 64 bit: an expression is never of type {@code int}).
 */
public abstract class Evaluator {

    private static final Object[] NONE = new Object[0];

    /**
     * The value for this record and these variables, in the order of the {@link Scope}.
     *
     * @throws EvaluationException if there is no value: division by zero, overflow, an index out of range
     */
    public abstract @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables);

    /** The value of a condition; a null is false. */
    public boolean test(DataRecord record, @Nullable Object[] variables) {
        return Boolean.TRUE.equals(evaluate(record, variables));
    }

    public final @Nullable Object evaluate(DataRecord record) {
        return evaluate(record, NONE);
    }

    public final boolean test(DataRecord record) {
        return test(record, NONE);
    }
}
