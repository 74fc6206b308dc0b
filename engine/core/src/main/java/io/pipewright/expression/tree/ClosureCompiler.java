package io.pipewright.expression.tree;

import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds a tree to the layout of its inputs: every name becomes a position, every node a closure. */
final class ClosureCompiler {

    /** A closure and the type of what it yields, with each record type as it is laid out. */
    private record Bound(Code code, DataType layout) {}

    private final Scope scope;
    private final @Nullable Object[] items;
    private final DataType[] itemLayouts;

    ClosureCompiler(Scope scope, int slots) {
        this.scope = scope;
        this.items = new Object[slots];
        this.itemLayouts = new DataType[slots];
    }

    Code compile(Node node) {
        return bind(node).code();
    }

    private Bound bind(Node node) {
        if (node instanceof Node.FieldValue field) {
            int position = scope.fields().position(field.name());
            return widened(
                    Reads.field(position, scope.fields().fields().get(position).type()), field(position));
        }
        if (node instanceof Node.VariableValue variable) {
            return variable(variable.name());
        }
        if (node instanceof Node.Local local) {
            return new Bound(Reads.item(items, local.slot()), itemLayouts[local.slot()]);
        }
        if (node instanceof Node.Select select) {
            Bound record = bind(select.record());
            RecordType layout = (RecordType) record.layout();
            int position = layout.position(select.field());
            DataType type = layout.fields().get(position).type();
            return widened(Reads.select(record.code(), position, type), type);
        }
        if (node instanceof Node.Item item) {
            Bound list = bind(item.list());
            return new Bound(Reads.item(list.code(), compile(item.index())), ((ListType) list.layout()).element());
        }
        if (node instanceof Node.Entry entry) {
            Bound map = bind(entry.map());
            return new Bound(Reads.entry(map.code(), compile(entry.key())), ((MapType) map.layout()).value());
        }
        if (node instanceof Node.OrElse orElse) {
            Bound value = bind(orElse.value());
            return new Bound(Logic.orElse(value.code(), compile(orElse.fallback())), value.layout());
        }
        if (node instanceof Node.Choice choice) {
            Bound then = bind(choice.then());
            return new Bound(
                    Logic.choice(compile(choice.condition()), then.code(), compile(choice.otherwise())), then.layout());
        }
        if (node instanceof Node.Collect collect) {
            return collect(collect);
        }
        if (node instanceof Node.Call call && call.function() == Builtin.ADD_LISTS) {
            return new Bound(call(call), bind(call.arguments().get(0)).layout());
        }
        if (node instanceof Node.ListOf list && !list.items().isEmpty()) {
            return new Bound(
                    Folds.list(compileAll(list.items())),
                    new ListType(bind(list.items().get(0)).layout()));
        }
        if (node instanceof Node.MapOf map && !map.values().isEmpty()) {
            return new Bound(
                    Folds.map(compileAll(map.keys()), compileAll(map.values())),
                    new MapType(bind(map.values().get(0)).layout()));
        }
        return new Bound(simple(node), node.type());
    }

    private DataType field(int position) {
        return scope.fields().fields().get(position).type();
    }

    private Bound variable(String name) {
        for (int i = 0; i < scope.variables().size(); i++) {
            if (scope.variables().get(i).name().equals(name)) {
                DataType type = scope.variables().get(i).type();
                return widened(Reads.variable(i, type), type);
            }
        }
        throw new IllegalArgumentException("No variable `" + name + "` in " + scope.variables() + ".");
    }

    /** What is read of a scalar {@code int} is a long already; lists and maps of them are converted here. */
    private static Bound widened(Code code, DataType type) {
        DataType wide = Widening.widened(type);
        boolean container = type instanceof ListType || type instanceof MapType;
        return new Bound(container && !wide.equals(type) ? Widening.of(code) : code, wide);
    }

    private Bound collect(Node.Collect collect) {
        Code range = range(collect.range(), collect.slot());
        Code condition = collect.condition() == null ? null : compile(collect.condition());
        Bound value = bind(collect.value());
        return new Bound(
                Folds.collect(range, items, collect.slot(), condition, value.code()), new ListType(value.layout()));
    }

    private Code range(Node range, int slot) {
        Bound bound = bind(range);
        itemLayouts[slot] = bound.layout() instanceof ListType list ? list.element() : Scalar.STRING;
        return bound.code();
    }

    private Code simple(Node node) {
        if (node instanceof Node.Literal literal) {
            return Reads.literal(literal.value());
        }
        if (node instanceof Node.Null) {
            return Reads.nothing();
        }
        if (node instanceof Node.Present present) {
            return Logic.present(compile(present.value()));
        }
        if (node instanceof Node.EntryPresent present) {
            return Logic.entryPresent(compile(present.map()), present.key());
        }
        if (node instanceof Node.And and) {
            return Logic.and(compile(and.left()), compile(and.right()));
        }
        if (node instanceof Node.Or or) {
            return Logic.or(compile(or.left()), compile(or.right()));
        }
        if (node instanceof Node.Not not) {
            return not.value() instanceof Node.Equal equal ? equal(equal, true) : Logic.not(compile(not.value()));
        }
        if (node instanceof Node.Equal equal) {
            return equal(equal, false);
        }
        if (node instanceof Node.Compare compare) {
            return Comparisons.of(
                    compare.order(),
                    compile(compare.left()),
                    compare.left().type(),
                    compile(compare.right()),
                    compare.right().type());
        }
        if (node instanceof Node.Arithmetic operation) {
            Code left = compile(operation.left());
            Code right = compile(operation.right());
            return operation.type() == Scalar.DOUBLE
                    ? Arithmetics.ofDoubles(operation.operation(), left, right)
                    : Arithmetics.ofLongs(operation.operation(), left, right);
        }
        if (node instanceof Node.Widen widen) {
            return Arithmetics.widen(compile(widen.value()));
        }
        if (node instanceof Node.Contains contains) {
            return Logic.contains(compile(contains.value()), compile(contains.container()));
        }
        if (node instanceof Node.Quantify quantify) {
            Code range = range(quantify.range(), quantify.slot());
            return Folds.quantify(quantify.quantifier(), range, items, quantify.slot(), compile(quantify.condition()));
        }
        if (node instanceof Node.Call call) {
            return call(call);
        }
        return node instanceof Node.ListOf ? Reads.literal(List.of()) : Reads.literal(java.util.Map.of());
    }

    private Code equal(Node.Equal equal, boolean negated) {
        if (equal.right() instanceof Node.Literal literal && literal.value() instanceof String text) {
            if (equal.left() instanceof Node.FieldValue field) {
                return Comparisons.fieldIsText(scope.fields().position(field.name()), text, negated);
            }
            return Comparisons.isText(compile(equal.left()), text, negated);
        }
        return Comparisons.equal(compile(equal.left()), compile(equal.right()), negated);
    }

    private Code call(Node.Call call) {
        List<Node> arguments = call.arguments();
        Builtin.One prepared = Constants.prepared(call.function(), arguments);
        return prepared == null
                ? Calls.of(call.function(), compileAll(arguments))
                : Calls.one(prepared, compile(arguments.get(0)));
    }

    private Code[] compileAll(List<Node> nodes) {
        return nodes.stream().map(this::compile).toArray(Code[]::new);
    }
}
