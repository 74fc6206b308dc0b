package io.pipewright.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.pipewright.expression.tree.Node;
import io.pipewright.expression.tree.TreeExpression;
import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the aggregate calls out of an expression: each becomes a variable of the expression over their results. */
final class Aggregates {

    private static final Map<String, CheckedAggregate.Function> FUNCTIONS = Map.of(
            "count", CheckedAggregate.Function.COUNT,
            "sum", CheckedAggregate.Function.SUM,
            "avg", CheckedAggregate.Function.AVG,
            "min", CheckedAggregate.Function.MIN,
            "max", CheckedAggregate.Function.MAX);
    private static final List<CelType> NUMBERS = List.of(SimpleType.INT, SimpleType.DOUBLE, CelTypes.DECIMAL);
    private static final List<CelType> ORDERED = List.of(
            SimpleType.INT,
            SimpleType.DOUBLE,
            CelTypes.DECIMAL,
            SimpleType.STRING,
            SimpleType.TIMESTAMP,
            SimpleType.DURATION,
            CelTypes.DATE);

    private final Map<String, Constant> vars;
    private final ExpressionChecker.Typed typed;
    private final Problems problems = new Problems();
    private final List<CheckedAggregate.Call> calls = new ArrayList<>();

    Aggregates(Map<String, Constant> vars, ExpressionChecker.Typed typed) {
        this.vars = vars;
        this.typed = typed;
    }

    static List<CelFunctionDecl> declarations() {
        return List.of(
                CelFunctionDecl.newFunctionDeclaration(
                        "count",
                        CelOverloadDecl.newGlobalOverload("aggregate_count", SimpleType.INT, List.of()),
                        CelOverloadDecl.newGlobalOverload("aggregate_count_if", SimpleType.INT, SimpleType.BOOL)),
                declaration("sum", NUMBERS, false),
                declaration("avg", NUMBERS, true),
                declaration("min", ORDERED, false),
                declaration("max", ORDERED, false));
    }

    private static CelFunctionDecl declaration(String name, List<CelType> arguments, boolean toDouble) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (CelType type : arguments) {
            CelType result = toDouble ? SimpleType.DOUBLE : type;
            String id = "aggregate_" + name + "_" + overloads.size();
            overloads.add(CelOverloadDecl.newGlobalOverload(id, result, type));
            overloads.add(CelOverloadDecl.newGlobalOverload(id + "_if", result, type, SimpleType.BOOL));
        }
        return CelFunctionDecl.newFunctionDeclaration(name, overloads);
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
        CheckedAggregate.Function function =
                Objects.requireNonNull(FUNCTIONS.get(expression.call().function()));
        List<CelExpr> arguments = expression.call().args();
        boolean counts = function == CheckedAggregate.Function.COUNT;
        CheckedExpression argument = counts ? null : inner(arguments.get(0), false);
        int conditionAt = counts ? 0 : 1;
        CheckedExpression condition = arguments.size() > conditionAt ? inner(arguments.get(conditionAt), true) : null;
        DataType type = type(function, argument);
        boolean mayLackValue = function != CheckedAggregate.Function.COUNT && function != CheckedAggregate.Function.SUM;
        boolean nullable = mayLackValue && (condition != null || (argument != null && argument.nullable()));
        calls.add(new CheckedAggregate.Call(function, argument, condition, type, nullable));
        String variable = CheckedAggregate.variable(calls.size() - 1);
        return Lowered.read(new Node.VariableValue(variable, type), nullable, variable, Set.of());
    }

    private static DataType type(CheckedAggregate.Function function, @Nullable CheckedExpression argument) {
        if (function == CheckedAggregate.Function.COUNT || argument == null) {
            return Scalar.LONG;
        }
        return function == CheckedAggregate.Function.AVG ? Scalar.DOUBLE : argument.type();
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
