package io.pipewright.spi.expression;

import io.pipewright.spi.type.DataType;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked expression over aggregate calls, such as {@code sum(cost) / count()}.
 *
 * @param calls the aggregate calls in it, each to be accumulated over the records of a group
 * @param result the expression over their results: its scope has one variable per call, in this order
 */
public record CheckedAggregate(List<Call> calls, CheckedExpression result) implements Serializable {

    public CheckedAggregate {
        calls = List.copyOf(calls);
    }

    /** The functions that can be accumulated. */
    public enum Function {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX
    }

    /**
     * One aggregate call.
     *
     * @param argument what is aggregated, null for {@code count()}; nulls of it are skipped
     * @param condition which records count, null for all
     * @param type of the result: long for counts and integer sums, double for averages and floating sums, the
     *     argument's own for the others
     * @param nullable whether the result may be null, as of {@code min} where no record counted
     */
    public record Call(
            Function function,
            @Nullable CheckedExpression argument,
            @Nullable CheckedExpression condition,
            DataType type,
            boolean nullable)
            implements Serializable {}
}
