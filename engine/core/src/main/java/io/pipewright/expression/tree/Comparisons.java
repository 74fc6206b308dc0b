package io.pipewright.expression.tree;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import org.jspecify.annotations.Nullable;

/** Closures that compare two values; no double is ordered against one that is not a number. */
final class Comparisons {

    private Comparisons() {}

    static Code of(Node.Order order, Code left, DataType leftType, Code right, DataType rightType) {
        if (leftType == Scalar.LONG && rightType == Scalar.LONG) {
            return ofLongs(order, left, right);
        }
        if (leftType == Scalar.DOUBLE && rightType == Scalar.DOUBLE) {
            return ofDoubles(order, left, right);
        }
        if (leftType == Scalar.LONG && rightType == Scalar.DOUBLE) {
            return mixed(order, left, right);
        }
        if (leftType == Scalar.DOUBLE && rightType == Scalar.LONG) {
            return mixed(mirrored(order), right, left);
        }
        return ofValues(order, left, right);
    }

    static Node.Order mirrored(Node.Order order) {
        return switch (order) {
            case LESS -> Node.Order.GREATER;
            case LESS_OR_EQUAL -> Node.Order.GREATER_OR_EQUAL;
            case GREATER -> Node.Order.LESS;
            case GREATER_OR_EQUAL -> Node.Order.LESS_OR_EQUAL;
        };
    }

    private interface Longs {
        boolean holds(long a, long b);
    }

    private static Code ofLongs(Node.Order order, Code left, Code right) {
        Longs comparison =
                switch (order) {
                    case LESS -> (a, b) -> a < b;
                    case LESS_OR_EQUAL -> (a, b) -> a <= b;
                    case GREATER -> (a, b) -> a > b;
                    case GREATER_OR_EQUAL -> (a, b) -> a >= b;
                };
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                long first = left.longValue(record, variables);
                return comparison.holds(first, right.longValue(record, variables));
            }
        };
    }

    private interface Doubles {
        boolean hold(double a, double b);
    }

    private static Code ofDoubles(Node.Order order, Code left, Code right) {
        Doubles comparison =
                switch (order) {
                    case LESS -> (a, b) -> a < b;
                    case LESS_OR_EQUAL -> (a, b) -> a <= b;
                    case GREATER -> (a, b) -> a > b;
                    case GREATER_OR_EQUAL -> (a, b) -> a >= b;
                };
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                double first = left.doubleValue(record, variables);
                return comparison.hold(first, right.doubleValue(record, variables));
            }
        };
    }

    private static Code mixed(Node.Order order, Code whole, Code floating) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                long a = whole.longValue(record, variables);
                double b = floating.doubleValue(record, variables);
                return !Double.isNaN(b) && order.holds(Values.compare(a, b));
            }
        };
    }

    private static Code ofValues(Node.Order order, Code left, Code right) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                Object first = left.value(record, variables);
                return order.holds(Values.compare(first, right.value(record, variables)));
            }
        };
    }

    static Code fieldIsText(int position, String text, boolean negated) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                return text.equals(record.get(position)) != negated;
            }
        };
    }

    static Code isText(Code value, String text, boolean negated) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                return text.equals(value.evaluate(record, variables)) != negated;
            }
        };
    }

    static Code equal(Code left, Code right, boolean negated) {
        return new Code.OfBoolean() {
            @Override
            public boolean test(DataRecord record, @Nullable Object[] variables) {
                Object first = left.evaluate(record, variables);
                return Values.equal(first, right.evaluate(record, variables)) != negated;
            }
        };
    }
}
