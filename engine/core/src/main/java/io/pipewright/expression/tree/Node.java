package io.pipewright.expression.tree;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked expression as a tree that names fields and never positions, so that it outlives the layout of the records.
 *
 * <p>Every node knows its static type; none is of type {@code int}, because integers are widened where they are read.
 * Who evaluates a child that may be null decides what null means: {@link Present}, {@link OrElse} and {@link Equal} have
 * an answer, everything else has no value then.
 */
public sealed interface Node extends Serializable {

    DataType type();

    /** A value that is the same for every record. */
    record Literal(Object value, DataType type) implements Node {}

    /** Null, as a value of a type. */
    record Null(DataType type) implements Node {}

    /** A field of the record, by its bare name. */
    record FieldValue(String name, DataType type) implements Node {

        // By hand, as in RecordType.
        @Override
        public boolean equals(Object other) {
            return other instanceof FieldValue field && name.equals(field.name) && type.equals(field.type);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + type.hashCode();
        }
    }

    /** A variable of the scope. */
    record VariableValue(String name, DataType type) implements Node {}

    /** The item at hand inside a {@link Quantify} or {@link Collect}. */
    record Local(int slot, DataType type) implements Node {}

    /** A field of a record; null where the record is null. */
    record Select(Node record, String field, DataType type) implements Node {}

    /** Whether the value is there. */
    record Present(Node value) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }

        // By hand, as in RecordType.
        @Override
        public boolean equals(Object other) {
            return other instanceof Present present && value.equals(present.value);
        }

        @Override
        public int hashCode() {
            return 31 * value.hashCode();
        }
    }

    /** Whether a map has an entry of this name; false where the map is null. */
    record EntryPresent(Node map, String key) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }
    }

    /** The value, or the other one where it is null. */
    record OrElse(Node value, Node fallback, DataType type) implements Node {}

    /** {@code &&}: false if either side is false, even where the other side has no value. */
    record And(Node left, Node right) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }
    }

    /** {@code ||}: true if either side is true, even where the other side has no value. */
    record Or(Node left, Node right) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }
    }

    record Not(Node value) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }
    }

    record Choice(Node condition, Node then, Node otherwise, DataType type) implements Node {}

    /** An integer where a double is needed. */
    record Widen(Node value) implements Node {
        @Override
        public DataType type() {
            return Scalar.DOUBLE;
        }
    }

    /** Equality by value; two nulls are equal, a null and a value are not. */
    record Equal(Node left, Node right) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }
    }

    /** The orders that can be asked for. */
    enum Order {
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        boolean holds(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case LESS_OR_EQUAL -> comparison <= 0;
                case GREATER -> comparison > 0;
                case GREATER_OR_EQUAL -> comparison >= 0;
            };
        }
    }

    record Compare(Order order, Node left, Node right) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }
    }

    /** The operations on two integers or two doubles. */
    enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MODULO
    }

    /** An operation whose sides are both of its own type, {@code long} or {@code double}. */
    record Arithmetic(Operation operation, Node left, Node right, DataType type) implements Node {}

    /** A function whose arguments must all have a value. */
    record Call(Builtin function, List<Node> arguments, DataType type) implements Node {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Whether a list or the keys of a map contain the value. */
    record Contains(Node value, Node container) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }
    }

    /** An item of a list, counted from 0. */
    record Item(Node list, Node index, DataType type) implements Node {}

    /** The value of a key of a map. */
    record Entry(Node map, Node key, DataType type) implements Node {}

    record ListOf(List<Node> items, DataType type) implements Node {
        public ListOf {
            items = List.copyOf(items);
        }
    }

    record MapOf(List<Node> keys, List<Node> values, DataType type) implements Node {
        public MapOf {
            keys = List.copyOf(keys);
            values = List.copyOf(values);
        }
    }

    /** What can be asked of all items of a list, or of all keys of a map. */
    enum Quantifier {
        ALL,
        EXISTS,
        EXISTS_ONE
    }

    record Quantify(Quantifier quantifier, Node range, int slot, Node condition) implements Node {
        @Override
        public DataType type() {
            return Scalar.BOOLEAN;
        }
    }

    /** A list of one value for each item, or for each one that meets the condition. */
    record Collect(Node range, int slot, @Nullable Node condition, Node value, DataType type) implements Node {}
}
