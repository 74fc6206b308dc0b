package io.pipewright.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import io.pipewright.expression.tree.Node;
import io.pipewright.expression.tree.TreeExpression;
import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.CheckedAggregate.Function;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes the aggregate calls out of an expression: each becomes a variable of the expression over their results. */
final class Aggregates {

    /** How many values {@code collect} may keep: each is copied with the others when one comes. */
    static final int MOST_COLLECTED = 1_000;

    private static final Map<String, Function> FUNCTIONS =
            Arrays.stream(Function.values()).collect(Collectors.toMap(Function::text, function -> function));
    private static final CelType ANY = TypeParamType.create("A");
    private static final List<CelType> NUMBERS = List.of(SimpleType.INT, SimpleType.DOUBLE, CelTypes.DECIMAL);

    /** The signatures of all aggregate functions. */
    static final List<CelFunctionDecl> DECLARATIONS = declarations();

    private final Map<String, Constant> vars;
    private final ExpressionChecker.Typed typed;
    private final Problems problems = new Problems();
    private final List<CheckedAggregate.Call> calls = new ArrayList<>();

    Aggregates(Map<String, Constant> vars, ExpressionChecker.Typed typed) {
        this.vars = vars;
        this.typed = typed;
    }

    private static List<CelFunctionDecl> declarations() {
        return List.of(
                CelFunctionDecl.newFunctionDeclaration(
                        "count",
                        CelOverloadDecl.newGlobalOverload("aggregate_count", SimpleType.INT, List.of()),
                        CelOverloadDecl.newGlobalOverload("aggregate_count_if", SimpleType.INT, SimpleType.BOOL)),
                function("sum", overloads("sum", NUMBERS, type -> type, List.of(List.of()))),
                function("avg", overloads("avg", NUMBERS, type -> SimpleType.DOUBLE, List.of(List.of()))),
                function("min", overloads("min", CelTypes.ORDERED, type -> type, List.of(List.of()))),
                function("max", overloads("max", CelTypes.ORDERED, type -> type, List.of(List.of()))),
                function(
                        "countDistinct",
                        overloads("distinct", List.of(ANY), type -> SimpleType.INT, List.of(List.of()))),
                function("first", overloads("first", List.of(ANY), type -> type, List.of(List.of()))),
                function("last", overloads("last", List.of(ANY), type -> type, List.of(List.of()))),
                function("argMax", overloads("arg_max", List.of(ANY), type -> type, eachOf(CelTypes.ORDERED))),
                function("argMin", overloads("arg_min", List.of(ANY), type -> type, eachOf(CelTypes.ORDERED))),
                function(
                        "percentile",
                        overloads(
                                "percentile",
                                CelTypes.ORDERED,
                                type -> type,
                                eachOf(List.of(SimpleType.DOUBLE, SimpleType.INT)))),
                function(
                        "collect",
                        overloads("collect", List.of(ANY), ListType::create, eachOf(List.of(SimpleType.INT)))));
    }

    private static CelFunctionDecl function(String name, List<CelOverloadDecl> overloads) {
        return CelFunctionDecl.newFunctionDeclaration(name, overloads);
    }

    private static List<List<CelType>> eachOf(List<CelType> types) {
        return types.stream().map(List::of).toList();
    }

    /** For each type of a first argument, with each list of further ones, and each with a condition too. */
    private static List<CelOverloadDecl> overloads(
            String id, List<CelType> firsts, UnaryOperator<CelType> result, List<List<CelType>> more) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (CelType first : firsts) {
            for (List<CelType> others : more) {
                List<CelType> arguments = new ArrayList<>(List.of(first));
                arguments.addAll(others);
                String overload = "aggregate_" + id + "_" + overloads.size();
                overloads.add(CelOverloadDecl.newGlobalOverload(overload, result.apply(first), arguments));
                arguments.add(SimpleType.BOOL);
                overloads.add(CelOverloadDecl.newGlobalOverload(overload + "_if", result.apply(first), arguments));
            }
        }
        return overloads;
    }

    /** Whether the call is one of an aggregate function; {@code list.sum()} is none. */
    static boolean isAggregate(CelExpr.CelCall call) {
        return call.target().isEmpty() && FUNCTIONS.containsKey(call.function());
    }

    Result<CheckedAggregate> check(String text) {
        Lowering outer = new Lowering(typed.environment(), vars, typed.ast(), typed.spans(), problems, this);
        TreeExpression result = outer.expression(text, typed.ast().getExpr());
        return problems.none() ? Result.of(new CheckedAggregate(calls, result)) : Result.failed(problems.inOrder());
    }

    Lowered call(CelExpr expression) {
        Function function =
                Objects.requireNonNull(FUNCTIONS.get(expression.call().function()));
        List<CelExpr> arguments = expression.call().args();
        CheckedExpression argument = function == Function.COUNT ? null : inner(arguments.get(0), false);
        CheckedExpression by = null;
        BigDecimal number = null;
        int taken = argument == null ? 0 : 1;
        switch (function) {
            case ARG_MAX, ARG_MIN -> by = inner(arguments.get(taken++), false);
            case PERCENTILE -> number = number(
                    function,
                    arguments.get(taken++),
                    share -> share.signum() > 0 && share.compareTo(BigDecimal.ONE) <= 0,
                    "a share above 0 and up to 1",
                    "0.95");
            case COLLECT -> number = number(
                    function,
                    arguments.get(taken++),
                    limit -> limit.signum() > 0 && limit.compareTo(BigDecimal.valueOf(MOST_COLLECTED)) <= 0,
                    "a limit from 1 to " + MOST_COLLECTED,
                    "10");
            default -> {}
        }
        CheckedExpression condition = arguments.size() > taken ? inner(arguments.get(taken), true) : null;
        DataType type = type(function, argument);
        boolean nullable = mayLackValue(function)
                && (condition != null || (argument != null && argument.nullable()) || (by != null && by.nullable()));
        calls.add(new CheckedAggregate.Call(function, argument, by, number, condition, type, nullable));
        String variable = CheckedAggregate.variable(calls.size() - 1);
        return Lowered.read(new Node.VariableValue(variable, type), nullable, variable, Set.of());
    }

    private static boolean mayLackValue(Function function) {
        return switch (function) {
            case COUNT, SUM, COUNT_DISTINCT, COLLECT -> false;
            default -> true;
        };
    }

    private static DataType type(Function function, @Nullable CheckedExpression argument) {
        if (argument == null) {
            return Scalar.LONG;
        }
        return switch (function) {
            case COUNT, COUNT_DISTINCT -> Scalar.LONG;
            case AVG -> Scalar.DOUBLE;
            case COLLECT -> new io.pipewright.spi.type.ListType(argument.type());
            default -> argument.type();
        };
    }

    /** A number that holds for all records: a literal, or a variable of the pipeline. */
    private @Nullable BigDecimal number(
            Function function, CelExpr expression, Predicate<BigDecimal> allowed, String meant, String example) {
        TreeExpression written = inner(expression, false);
        if (!(written.tree() instanceof Node.Literal literal) || !(literal.value() instanceof Number value)) {
            problems.add(
                    "bad-literal",
                    typed.spans().of(expression),
                    "`" + function.text() + "` takes a number here that is the same for all records.",
                    "write " + meant + ", such as `" + example + "`.");
            return null;
        }
        BigDecimal number = Double.isFinite(value.doubleValue()) ? new BigDecimal(value.toString()) : BigDecimal.ZERO;
        if (!allowed.test(number)) {
            problems.add(
                    "out-of-range",
                    typed.spans().of(expression),
                    "`" + function.text() + "` takes " + meant + ", not `" + written.text() + "`.",
                    "write one, such as `" + example + "`.");
        }
        return number;
    }

    private TreeExpression inner(CelExpr expression, boolean condition) {
        Lowering lowering = new Lowering(typed.environment(), vars, typed.ast(), typed.spans(), problems);
        TreeExpression inner = lowering.expression(typed.spans().text(expression), expression);
        if (condition && inner.nullable()) {
            problems.add(
                    "null-not-handled",
                    typed.spans().of(expression),
                    "This condition may be null.",
                    "write `orElse(" + inner.text() + ", false)`.");
        }
        return inner;
    }
}
