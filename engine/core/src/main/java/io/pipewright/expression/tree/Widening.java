package io.pipewright.expression.tree;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Scalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From the {@code int} of records to the 64 bit integers of expressions; records inside keep their own fields. */
public final class Widening {

    private Widening() {}

    /** The type of an expression that reads a value of {@code type}. */
    public static DataType widened(DataType type) {
        if (type == Scalar.INT) {
            return Scalar.LONG;
        }
        if (type instanceof ListType list) {
            return new ListType(widened(list.element()));
        }
        return type instanceof MapType map ? new MapType(widened(map.value())) : type;
    }

    static Code of(Code code) {
        return new Code() {
            @Override
            public @Nullable Object evaluate(DataRecord record, @Nullable Object[] variables) {
                Object value = code.evaluate(record, variables);
                return value == null ? null : widen(value);
            }
        };
    }

    /** A value of a record as a value of an expression. */
    public static Object widen(Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Widening::widen).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> wide = new LinkedHashMap<>();
            map.forEach((key, item) -> wide.put(key, widen(item)));
            return java.util.Collections.unmodifiableMap(wide);
        }
        return value;
    }
}
