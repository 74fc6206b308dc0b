package io.pipewright.expression;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a check comes to: a value, or all problems that were found.
 *
 * @param problems empty exactly if there is a value
 */
public record Result<T>(@Nullable T value, List<ExpressionProblem> problems) {

    public Result {
        problems = List.copyOf(problems);
        if ((value == null) == problems.isEmpty()) {
            throw new IllegalArgumentException("Either a value or problems.");
        }
    }

    public static <T> Result<T> of(T value) {
        return new Result<>(value, List.of());
    }

    public static <T> Result<T> failed(List<ExpressionProblem> problems) {
        return new Result<>(null, problems);
    }

    public boolean ok() {
        return problems.isEmpty();
    }

    /** @throws IllegalStateException if there are problems */
    public T get() {
        if (value == null) {
            throw new IllegalStateException(problems.toString());
        }
        return value;
    }

    <U> Result<U> then(Function<T, Result<U>> next) {
        return value == null ? failed(problems) : next.apply(value);
    }
}
