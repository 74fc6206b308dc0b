package io.pipewright.spi.expression;

import io.pipewright.spi.type.DataType;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
        COUNT("count"),
        SUM("sum"),
        AVG("avg"),
        MIN("min"),
        MAX("max"),
        COUNT_DISTINCT("countDistinct"),
        FIRST("first"),
        LAST("last"),
        ARG_MAX("argMax"),
        ARG_MIN("argMin"),
        PERCENTILE("percentile"),
        COLLECT("collect");

        private final String text;

        Function(String text) {
            this.text = text;
        }

        /** As authors write it. */
        public String text() {
            return text;
        }
    }

    /**
     * One aggregate call.
     *
     * @param argument what is aggregated, null for {@code count()}; nulls of it are skipped
     * @param by what is compared, for {@code argMax} and {@code argMin} alone; records where it is null are skipped
     * @param number the share of {@code percentile}, above 0 and at most 1, and the limit of {@code collect}
     * @param condition which records count, null for all
     * @param type of the result: long for counts and integer sums, double for averages and floating sums, a list for {@code
     *     collect}, the argument's own for the others
     * @param nullable whether the result may be null, as of {@code min} where no record counted
     */
    public record Call(
            Function function,
            @Nullable CheckedExpression argument,
            @Nullable CheckedExpression by,
            @Nullable BigDecimal number,
            @Nullable CheckedExpression condition,
            DataType type,
            boolean nullable)
            implements Serializable {

        /** The expressions that it evaluates for each record. */
        public List<CheckedExpression> expressions() {
            return Stream.of(argument, by, condition).filter(Objects::nonNull).toList();
        }
    }
}
