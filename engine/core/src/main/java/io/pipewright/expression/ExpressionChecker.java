package io.pipewright.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import io.pipewright.expression.tree.TreeExpression;
import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Parses expressions and checks them against what they may name; every problem of one expression is found at once.
 *
 * <p>Not for use by several threads at a time.
 */
public final class ExpressionChecker {

    /** The longest expression, in characters. */
    public static final int MAX_LENGTH = 10_000;

    private final Map<String, Constant> vars;
    private @Nullable Environment latest;

    /** @param vars the pipeline's variables by name, without {@code vars.} */
    public ExpressionChecker(Map<String, Constant> vars) {
        this.vars = Map.copyOf(vars);
    }

    /**
     * Loads the classes that a first check loads, and has them set up their tables; for a short command that is a third of
     * its time. No check may go on meanwhile: the library's classes need each other, and two threads could wait for ever.
     */
    public static synchronized void load() {
        Map<String, Constant> vars = Map.of("size", new Constant(Scalar.INT, 1));
        new ExpressionChecker(vars).check("vars.size > 0", Scope.ofVariables(List.of()));
    }

    /** Checks an expression of any type. */
    public Result<CheckedExpression> check(String text, Scope scope) {
        return checked(text, scope).then(Result::of);
    }

    /** Checks an expression that must be a condition: boolean, and never null. */
    public Result<CheckedExpression> checkCondition(String text, Scope scope) {
        return checked(text, scope).then(expression -> {
            if (expression.type() != Scalar.BOOLEAN) {
                return failed(
                        "not-a-condition",
                        text,
                        "A condition is wanted here; this is of type `" + TypeNames.ofValue(expression.type()) + "`.",
                        "compare it with a value, by `==`, `!=`, `<` or `>`.");
            }
            if (expression.nullable()) {
                return failed("null-not-handled", text, "This condition may be null.", "write `orElse(…, false)`.");
            }
            return Result.of(expression);
        });
    }

    private static <T> Result<T> failed(String code, String text, String message, @Nullable String hint) {
        int start = text.length() - text.stripLeading().length();
        return Result.failed(List.of(new ExpressionProblem(
                code, message, hint, start, Math.max(start, text.stripTrailing().length()))));
    }

    /**
     * Checks an expression over aggregate calls, such as {@code sum(cost) / count()}.
     *
     * @param recordScope what the arguments of the calls may name
     */
    public Result<CheckedAggregate> checkAggregate(String text, Scope recordScope) {
        return unlessTooDeep(
                text, () -> typed(text, recordScope, true).then(parsed -> new Aggregates(vars, parsed).check(text)));
    }

    /** Parser and checks recurse as deep as the expression is nested, and long sums nest; nothing is left half done. */
    private static <T> Result<T> unlessTooDeep(String text, Supplier<Result<T>> check) {
        try {
            return check.get();
        } catch (StackOverflowError e) {
            return failed("expression-too-deep", text, "The expression is nested too deeply.", Hints.TOO_LARGE);
        }
    }

    private Result<TreeExpression> checked(String text, Scope scope) {
        return unlessTooDeep(text, () -> typed(text, scope, false).then(parsed -> {
            Problems problems = new Problems();
            Lowering lowering = new Lowering(parsed.environment(), vars, parsed.ast(), parsed.spans(), problems);
            TreeExpression expression = lowering.expression(text, parsed.ast().getExpr());
            return problems.none() ? Result.of(expression) : Result.failed(problems.inOrder());
        }));
    }

    /** An expression that CEL's checker accepts. */
    record Typed(Environment environment, CelAbstractSyntaxTree ast, Spans spans) {}

    private Result<Typed> typed(String text, Scope scope, boolean aggregates) {
        if (text.length() > MAX_LENGTH) {
            return failed(
                    "expression-too-long",
                    text,
                    "An expression has at most " + MAX_LENGTH + " characters.",
                    Hints.TOO_LARGE);
        }
        try {
            return parsed(text, environment(scope, aggregates), aggregates);
        } catch (CelValidationException e) {
            throw new IllegalStateException("Reported no error, yet has no tree.", e);
        }
    }

    /** Expressions of one stage mostly share a scope; setting up an environment costs more than a check. */
    private Environment environment(Scope scope, boolean aggregates) {
        Environment environment = latest;
        if (environment == null || environment.aggregates != aggregates || !environment.scope.equals(scope)) {
            environment = new Environment(scope, vars, aggregates);
            latest = environment;
        }
        return environment;
    }

    private static Result<Typed> parsed(String text, Environment environment, boolean aggregates)
            throws CelValidationException {
        Optional<CelAbstractSyntaxTree> name = environment.name(text);
        if (name.isPresent()) {
            Spans spans = new Spans(text, name.get().getSource().getPositionsMap());
            return Result.of(new Typed(environment, name.get(), spans));
        }
        Problems problems = new Problems();
        CelValidationResult parsed = Environment.parse(text);
        Map<Long, Integer> positions = parsed.getSource().getPositionsMap();
        Spans spans = new Spans(
                text, parsed.hasError() ? Map.of() : parsed.getAst().getSource().getPositionsMap());
        IssueTranslator translator = new IssueTranslator(text, environment, spans, problems, aggregates);
        if (parsed.hasError()) {
            translator.syntax(parsed.getErrors());
            return Result.failed(problems.inOrder());
        }
        CelValidationResult checked = environment.check(parsed.getAst());
        if (checked.hasError()) {
            translator.types(checked.getErrors(), parsed.getAst().getExpr());
            return Result.failed(problems.inOrder());
        }
        return Result.of(new Typed(environment, checked.getAst(), spans));
    }
}
