package io.pipewright.expression.tree;

import io.pipewright.spi.record.DataRecord;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Closures that calculate without boxing. */
final class Arithmetics {

    private Arithmetics() {}

    static Code ofLongs(Node.Operation operation, Code left, Code right) {
        return switch (operation) {
            case ADD -> longs(Numbers::add, left, right);
            case SUBTRACT -> longs(Numbers::subtract, left, right);
            case MULTIPLY -> longs(Numbers::multiply, left, right);
            case DIVIDE -> longs(Numbers::divide, left, right);
            case MODULO -> longs(Numbers::modulo, left, right);
        };
    }

    private static Code longs(LongBinaryOperator operator, Code left, Code right) {
        return new Code.OfLong() {
            @Override
            long longValue(DataRecord record, @Nullable Object[] variables) {
                long first = left.longValue(record, variables);
                return operator.applyAsLong(first, right.longValue(record, variables));
            }
        };
    }

    static Code ofDoubles(Node.Operation operation, Code left, Code right) {
        return switch (operation) {
            case ADD -> doubles((a, b) -> a + b, left, right);
            case SUBTRACT -> doubles((a, b) -> a - b, left, right);
            case MULTIPLY -> doubles((a, b) -> a * b, left, right);
            case DIVIDE -> doubles((a, b) -> a / b, left, right);
            case MODULO -> throw new IllegalStateException("No remainder of doubles.");
        };
    }

    private static Code doubles(DoubleBinaryOperator operator, Code left, Code right) {
        return new Code.OfDouble() {
            @Override
            double doubleValue(DataRecord record, @Nullable Object[] variables) {
                double first = left.doubleValue(record, variables);
                return operator.applyAsDouble(first, right.doubleValue(record, variables));
            }
        };
    }

    /** Null stays null: a widened value may still be asked whether it is there. */
    static Code widen(Code value) {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Object number = value.evaluate(record, variables);
                return number == null ? null : (double) (Long) number;
            }

            @Override
            double doubleValue(DataRecord record, @Nullable Object[] variables) {
                return (double) value.longValue(record, variables);
            }
        };
    }
}
