package io.pipewright.expression.tree;

import io.pipewright.spi.record.DataRecord;
import org.jspecify.annotations.Nullable;

/** Closures that call a {@link Builtin}. */
final class Calls {

    private Calls() {}

    static Code of(Builtin function, Code[] arguments) {
        if (function.one != null) {
            return one(function.one, arguments[0]);
        }
        if (function.two != null) {
            return two(function.two, arguments[0], arguments[1]);
        }
        return many(function, arguments);
    }

    static Code one(Builtin.One body, Code argument) {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                return body.of(argument.value(record, variables));
            }
        };
    }

    private static Code two(Builtin.Two body, Code first, Code second) {
        return new Code() {
            @Override
            public Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Object left = first.value(record, variables);
                return body.of(left, second.value(record, variables));
            }
        };
    }

    private static Code many(Builtin function, Code[] arguments) {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Object[] values = new Object[arguments.length];
                for (int i = 0; i < arguments.length; i++) {
                    values[i] = arguments[i].value(record, variables);
                }
                return function.apply(values);
            }
        };
    }
}
