package io.pipewright.spi.expression;

import io.pipewright.spi.type.DataType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked expression over aggregate calls, such as {@code sum(cost) / count()}.
 *
 * @param calls the aggregate calls in it, each to be accumulated over the records of a group
 * @param result the expression over their results: its scope is {@link #resultScope}
 */
public record CheckedAggregate(List<Call> calls, CheckedExpression result) implements Serializable {

    public CheckedAggregate {
        calls = List.copyOf(calls);
    }

    /** The name of the variable that holds a call's result. */
    public static String variable(int call) {
        return "call" + call;
    }

    /** What {@link #result} is evaluated with: one variable per call, in the order of the calls, and no fields. */
    public Scope resultScope() {
        List<Variable> variables = new ArrayList<>();
        for (Call call : calls) {
            variables.add(new Variable(variable(variables.size()), call.type(), call.nullable()));
        }
        return Scope.ofVariables(variables);
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
