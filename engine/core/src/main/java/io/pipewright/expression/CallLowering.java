package io.pipewright.expression;

import dev.cel.common.ast.CelExpr;
import io.pipewright.expression.tree.Builtin;
import io.pipewright.expression.tree.Constants;
import io.pipewright.expression.tree.Node;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lowers operators and function calls. It is long because each operator treats nulls and widens in its own way. */
final class CallLowering {

    private static final Map<String, Node.Order> ORDERS = Map.of(
            "_<_", Node.Order.LESS,
            "_<=_", Node.Order.LESS_OR_EQUAL,
            "_>_", Node.Order.GREATER,
            "_>=_", Node.Order.GREATER_OR_EQUAL);
    private static final Map<String, Node.Operation> OPERATIONS = Map.of(
            "_+_", Node.Operation.ADD,
            "_-_", Node.Operation.SUBTRACT,
            "_*_", Node.Operation.MULTIPLY,
            "_/_", Node.Operation.DIVIDE,
            "_%_", Node.Operation.MODULO);

    /** Functions of texts that are written like a value of another type: a literal argument is that value. */
    private static final Set<Builtin> SPELLINGS = EnumSet.of(
            Builtin.TEXT_TO_DURATION, Builtin.TEXT_TO_TIMESTAMP, Builtin.TEXT_TO_DECIMAL, Builtin.TEXT_TO_DATE);

    /** Functions whose arguments are brought to the type of their result. */
    private static final Set<Builtin> WIDENING = EnumSet.of(Builtin.GREATEST, Builtin.LEAST);

    private final Lowering lowering;

    CallLowering(Lowering lowering) {
        this.lowering = lowering;
    }

    Lowered lower(CelExpr call, Set<String> present) {
        List<CelExpr> arguments = arguments(call);
        String function = call.call().function();
        return switch (function) {
            case "_&&_" -> and(arguments, present);
            case "_||_" -> or(arguments, present);
            case "!_" -> not(arguments.get(0), present);
            case "_?_:_" -> choice(arguments, present);
            case "_==_" -> equal(arguments, present, false);
            case "_!=_" -> equal(arguments, present, true);
            case "@in" -> contains(arguments, present);
            case "orElse" -> orElse(arguments, present);
            case "nullIf" -> nullIf(arguments, present);
            case "_[_]" -> index(arguments, present);
            case Functions.HAS -> {
                Lowered value = lowering.lower(arguments.get(0), present);
                yield Lowered.condition(new Node.Present(value.node()), value.presence(), Set.of());
            }
            default -> strict(call, function, arguments, present);
        };
    }

    static List<CelExpr> arguments(CelExpr call) {
        List<CelExpr> arguments = new ArrayList<>();
        call.call().target().ifPresent(arguments::add);
        arguments.addAll(call.call().args());
        return arguments;
    }

    private Lowered and(List<CelExpr> arguments, Set<String> present) {
        Lowered all = lowering.needed(arguments.get(0), present);
        for (CelExpr argument : arguments.subList(1, arguments.size())) {
            Lowered next = lowering.needed(argument, Lowered.both(present, all.ifTrue()));
            all = Lowered.condition(
                    new Node.And(all.node(), next.node()),
                    Lowered.both(all.ifTrue(), next.ifTrue()),
                    Lowered.common(all.ifFalse(), Lowered.both(all.ifTrue(), next.ifFalse())));
        }
        return all;
    }

    private Lowered or(List<CelExpr> arguments, Set<String> present) {
        Lowered all = lowering.needed(arguments.get(0), present);
        for (CelExpr argument : arguments.subList(1, arguments.size())) {
            Lowered next = lowering.needed(argument, Lowered.both(present, all.ifFalse()));
            all = Lowered.condition(
                    new Node.Or(all.node(), next.node()),
                    Lowered.common(all.ifTrue(), Lowered.both(all.ifFalse(), next.ifTrue())),
                    Lowered.both(all.ifFalse(), next.ifFalse()));
        }
        return all;
    }

    private Lowered not(CelExpr argument, Set<String> present) {
        Lowered value = lowering.needed(argument, present);
        return Lowered.condition(new Node.Not(value.node()), value.ifFalse(), value.ifTrue());
    }

    private Lowered choice(List<CelExpr> arguments, Set<String> present) {
        Lowered condition = lowering.needed(arguments.get(0), present);
        Lowered then = lowering.lower(arguments.get(1), Lowered.both(present, condition.ifTrue()));
        Lowered otherwise = lowering.lower(arguments.get(2), Lowered.both(present, condition.ifFalse()));
        DataType type = merged(then, otherwise);
        Node node = new Node.Choice(condition.node(), as(then.node(), type), as(otherwise.node(), type), type);
        return merge(node, then.nullable() || otherwise.nullable(), then, otherwise);
    }

    private Lowered orElse(List<CelExpr> arguments, Set<String> present) {
        Lowered value = lowering.lower(arguments.get(0), present);
        Lowered fallback = lowering.lower(arguments.get(1), present);
        DataType type = merged(value, fallback);
        Node node = new Node.OrElse(as(value.node(), type), as(fallback.node(), type), type);
        return merge(node, value.nullable() && fallback.nullable(), value, fallback);
    }

    /** Null where the value equals the other one. */
    private Lowered nullIf(List<CelExpr> arguments, Set<String> present) {
        Lowered value = lowering.lower(arguments.get(0), present);
        Lowered other = lowering.needed(arguments.get(1), present);
        if (value.equals(Lowering.FAILED) || other.equals(Lowering.FAILED)) {
            return Lowering.FAILED;
        }
        Node same = new Node.Equal(value.node(), as(other.node(), value.type()));
        DataType type = value.type();
        return Lowered.nullable(new Node.Choice(new Node.Not(same), value.node(), new Node.Null(type), type), true);
    }

    /** The type of what is one value or the other; an empty list is of any type. */
    private static DataType merged(Lowered a, Lowered b) {
        if (a.type() == Scalar.DOUBLE || b.type() == Scalar.DOUBLE) {
            return Scalar.DOUBLE;
        }
        boolean empty = a.type().equals(new ListType(Scalar.JSON)) || a.type().equals(new MapType(Scalar.JSON));
        return empty ? b.type() : a.type();
    }

    /** Records of two origins have one layout only if all their fields are read. */
    private Lowered merge(Node node, boolean nullable, Lowered a, Lowered b) {
        lowering.escapes(a);
        lowering.escapes(b);
        return Lowered.nullable(node, nullable).holding(Lowered.both(a.variables(), b.variables()));
    }

    private Lowered equal(List<CelExpr> arguments, Set<String> present, boolean negated) {
        Lowered left = lowering.lower(arguments.get(0), present);
        Lowered right = lowering.lower(arguments.get(1), present);
        lowering.escapes(left);
        lowering.escapes(right);
        Set<String> same = new HashSet<>();
        if (!right.nullable()) {
            same.addAll(left.presence());
        }
        if (!left.nullable()) {
            same.addAll(right.presence());
        }
        Node node = literalLast(left.node(), right.node());
        return negated
                ? Lowered.condition(new Node.Not(node), Set.of(), same)
                : Lowered.condition(node, same, Set.of());
    }

    private static Node literalLast(Node left, Node right) {
        boolean swap = left instanceof Node.Literal && !(right instanceof Node.Literal);
        return swap ? new Node.Equal(right, left) : new Node.Equal(left, right);
    }

    private Lowered contains(List<CelExpr> arguments, Set<String> present) {
        Lowered value = lowering.lower(arguments.get(0), present);
        Lowered container = lowering.lower(arguments.get(1), present);
        lowering.escapes(value);
        lowering.escapes(container);
        return Lowered.condition(
                new Node.Contains(value.node(), container.node()),
                Lowered.both(value.presence(), container.presence()),
                Set.of());
    }

    private Lowered index(List<CelExpr> arguments, Set<String> present) {
        Lowered owner = lowering.needed(arguments.get(0), present);
        Lowered index = lowering.needed(arguments.get(1), present);
        if (owner.type() instanceof MapType map) {
            Node node = new Node.Entry(owner.node(), index.node(), map.value());
            return Lowered.of(node).holding(owner.variables());
        }
        if (!(owner.type() instanceof ListType list)) {
            return owner;
        }
        Node node = new Node.Item(owner.node(), index.node(), list.element());
        return Lowered.read(node, false, pathOf(owner, index.node()), owner.variables());
    }

    private static @Nullable String pathOf(Lowered owner, Node index) {
        boolean named = owner.path() != null && index instanceof Node.Literal;
        return named ? owner.path() + "[" + ((Node.Literal) index).value() + "]" : null;
    }

    private Lowered strict(CelExpr call, String function, List<CelExpr> arguments, Set<String> present) {
        List<Lowered> values = arguments.stream()
                .map(argument -> lowering.needed(argument, present))
                .toList();
        if (values.stream().anyMatch(value -> value == Lowering.FAILED)) {
            return Lowering.FAILED;
        }
        List<Node> nodes = new ArrayList<>(values.stream().map(Lowered::node).toList());
        if (values.size() == 2 && ORDERS.containsKey(function)) {
            return Lowered.of(compare(ORDERS.get(function), nodes));
        }
        if (values.size() == 2 && OPERATIONS.containsKey(function)) {
            Optional<Node> number = arithmetic(OPERATIONS.get(function), nodes);
            if (number.isPresent()) {
                return Lowered.of(number.get());
            }
        }
        List<String> overloads = lowering.ast.getReferenceOrThrow(call.id()).overloadIds();
        Optional<Builtin> builtin = overloads.isEmpty() ? Optional.empty() : Builtin.of(overloads.get(0));
        Optional<DataType> type = lowering.type(call);
        if (builtin.isEmpty() || type.isEmpty()) {
            String shown = IssueTranslator.shown(function);
            return lowering.failed(
                    "unsupported-function",
                    lowering.spans.name(call),
                    "`" + shown + "` cannot be used with these values here.",
                    Mismatches.CONVERT);
        }
        Set<String> held = new HashSet<>();
        if (builtin.get() == Builtin.ADD_LISTS) {
            values.forEach(lowering::escapes);
            values.forEach(value -> held.addAll(value.variables()));
        }
        if (WIDENING.contains(builtin.get())) {
            nodes.replaceAll(node -> as(node, type.get()));
        }
        Node node = called(builtin.get(), nodes, type.get(), arguments);
        return Lowered.nullable(node, builtin.get() == Builtin.EXTRACT).holding(held);
    }

    private static Node compare(Node.Order order, List<Node> nodes) {
        DataType common = nodes.stream().anyMatch(node -> node.type() == Scalar.DECIMAL) ? Scalar.DECIMAL : null;
        Node left = common == null ? nodes.get(0) : as(nodes.get(0), common);
        Node right = common == null ? nodes.get(1) : as(nodes.get(1), common);
        return new Node.Compare(order, left, right);
    }

    private static Optional<Node> arithmetic(Node.Operation operation, List<Node> nodes) {
        DataType left = nodes.get(0).type();
        DataType right = nodes.get(1).type();
        if (left == Scalar.LONG && right == Scalar.LONG) {
            return Optional.of(new Node.Arithmetic(operation, nodes.get(0), nodes.get(1), Scalar.LONG));
        }
        boolean numbers = isNumber(left) && isNumber(right);
        if (numbers && (left == Scalar.DOUBLE || right == Scalar.DOUBLE)) {
            Node a = as(nodes.get(0), Scalar.DOUBLE);
            return Optional.of(new Node.Arithmetic(operation, a, as(nodes.get(1), Scalar.DOUBLE), Scalar.DOUBLE));
        }
        if (!numbers) {
            return Optional.empty();
        }
        Builtin decimal =
                switch (operation) {
                    case ADD -> Builtin.ADD_DECIMALS;
                    case SUBTRACT -> Builtin.SUBTRACT_DECIMALS;
                    case MULTIPLY -> Builtin.MULTIPLY_DECIMALS;
                    case DIVIDE -> Builtin.DIVIDE_DECIMALS;
                    case MODULO -> Builtin.REMAINDER_OF_DECIMALS;
                };
        return Optional.of(new Node.Call(
                decimal, List.of(as(nodes.get(0), Scalar.DECIMAL), as(nodes.get(1), Scalar.DECIMAL)), Scalar.DECIMAL));
    }

    private static boolean isNumber(DataType type) {
        return type == Scalar.LONG || type == Scalar.DOUBLE || type == Scalar.DECIMAL;
    }

    private static Node as(Node node, DataType type) {
        if (node.type() != Scalar.LONG || type == Scalar.LONG) {
            return node;
        }
        if (node instanceof Node.Literal literal && type == Scalar.DOUBLE) {
            return new Node.Literal((double) (Long) literal.value(), Scalar.DOUBLE);
        }
        return type == Scalar.DOUBLE
                ? new Node.Widen(node)
                : new Node.Call(Builtin.LONG_TO_DECIMAL, List.of(node), Scalar.DECIMAL);
    }

    /** A call; what literal arguments make wrong is found now, and literal durations and moments are parsed now. */
    private Node called(Builtin function, List<Node> nodes, DataType type, List<CelExpr> arguments) {
        int at = 0;
        try {
            if (SPELLINGS.contains(function) && nodes.get(0) instanceof Node.Literal literal) {
                return new Node.Literal(Objects.requireNonNull(function.apply(literal.value())), type);
            }
            for (; at < nodes.size(); at++) {
                if (nodes.get(at) instanceof Node.Literal literal) {
                    Constants.check(function, at, literal.value());
                }
            }
            at = nodes.size() - 1;
            Constants.prepare(function, nodes);
        } catch (EvaluationException e) {
            literalFailed(e.reason(), arguments.get(at));
        }
        return new Node.Call(function, nodes, type);
    }

    /** @param reason a sentence; what stands behind a semicolon in it is the next action */
    private void literalFailed(String reason, CelExpr literal) {
        int action = reason.indexOf("; ");
        lowering.failed(
                "bad-literal",
                lowering.spans.of(literal),
                action < 0 ? reason : reason.substring(0, action) + ".",
                action < 0 ? "correct the text in quotes." : reason.substring(action + 2));
    }
}
