package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Closures that fetch a value: literals, fields, variables, items. */
final class Reads {

    private Reads() {}

    static Code literal(Object value) {
        if (value instanceof Long number) {
            long constant = number;
            return new Code.OfLong() {
                @Override
                long longValue(DataRecord record, @Nullable Object[] variables) {
                    return constant;
                }
            };
        }
        if (value instanceof Double number) {
            double constant = number;
            return new Code.OfDouble() {
                @Override
                double doubleValue(DataRecord record, @Nullable Object[] variables) {
                    return constant;
                }
            };
        }
        return new Code() {
            @Override
            public Object evaluate(DataRecord record, @Nullable Object[] variables) {
                return value;
            }
        };
    }

    static Code nothing() {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                return null;
            }
        };
    }

    static Code field(int position, DataType type) {
        if (type == Scalar.INT) {
            return new Code() {
                @Override
                public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                    return wide(record.get(position));
                }

                @Override
                long longValue(DataRecord record, @Nullable Object[] variables) {
                    return intValue(record.get(position));
                }
            };
        }
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                return record.get(position);
            }
        };
    }

    static Code variable(int position, DataType type) {
        if (type == Scalar.INT) {
            return new Code() {
                @Override
                public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                    return wide(variables[position]);
                }
            };
        }
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                return variables[position];
            }
        };
    }

    static Code select(Code owner, int position, DataType type) {
        boolean narrow = type == Scalar.INT;
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Object inner = owner.evaluate(record, variables);
                if (inner == null) {
                    return null;
                }
                Object value = ((DataRecord) inner).get(position);
                return narrow ? wide(value) : value;
            }
        };
    }

    static Code item(@Nullable Object[] items, int slot) {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                return items[slot];
            }
        };
    }

    static Code item(Code list, Code index) {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                List<?> items = (List<?>) list.value(record, variables);
                long position = index.longValue(record, variables);
                if (position < 0 || position >= items.size()) {
                    throw new EvaluationException(
                            "index-out-of-range",
                            "There is no item " + position + " in a list of " + items.size() + ".");
                }
                return items.get((int) position);
            }
        };
    }

    static Code entry(Code map, Code key) {
        return new Code() {
            @Override
            public Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Map<?, ?> entries = (Map<?, ?>) map.value(record, variables);
                Object name = key.value(record, variables);
                Object value = entries.get(name);
                if (value == null) {
                    throw new EvaluationException("no-such-key", "The map has no entry `" + name + "`.");
                }
                return value;
            }
        };
    }

    private static @Nullable Object wide(@Nullable Object value) {
        return value == null ? null : Long.valueOf((Integer) value);
    }

    private static long intValue(@Nullable Object value) {
        if (value == null) {
            throw Code.missing();
        }
        return (Integer) value;
    }
}
