package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.text.Moments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the value of a column, as the driver gives it, into a value of one of our types: {@link ColumnConversion} back. */
@FunctionalInterface
interface ColumnReading {

    /**
     * The value, not null.
     *
     * @throws EvaluationException if our type cannot hold it: {@code overflow}, {@code lossy}
     */
    Object read(Object value);

    /** The reading of a column as a field, if there is one. */
    static Optional<ColumnReading> between(CqlType from, DeclaredField field) {
        return between(from, field.field().type(), field.format());
    }

    private static Optional<ColumnReading> between(CqlType from, DataType to, TimestampFormat format) {
        List<CqlType> parameters = from.parameters();
        if (to instanceof Scalar scalar) {
            return parameters.isEmpty() ? Optional.ofNullable(scalar(from.name(), scalar, format)) : Optional.empty();
        }
        if (to instanceof ListType list && (from.is("list") || from.is("set")) && parameters.size() == 1) {
            return between(parameters.get(0), list.element(), format).map(each -> value -> list(value, each));
        }
        if (to instanceof MapType map
                && from.is("map")
                && parameters.size() == 2
                && parameters.get(0).is("text")) {
            return between(parameters.get(1), map.value(), format).map(each -> value -> map(value, each));
        }
        return Optional.empty();
    }

    private static List<Object> list(Object value, ColumnReading each) {
        List<Object> read = new ArrayList<>();
        for (Object element : (Collection<?>) value) {
            read.add(each.read(element));
        }
        return read;
    }

    private static Map<Object, Object> map(Object value, ColumnReading each) {
        Map<Object, Object> read = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, element) -> read.put(key, each.read(element)));
        return read;
    }

    /** The types that a column can be read as, as hints name them; empty for none. */
    static Optional<String> fitting(CqlType from) {
        List<String> types = new ArrayList<>();
        for (Scalar scalar : Scalar.values()) {
            if (scalar != Scalar.JSON
                    && between(from, scalar, TimestampFormat.MILLIS).isPresent()) {
                types.add("`" + scalar.text() + "`");
            }
        }
        return types.isEmpty() ? Optional.empty() : Optional.of(String.join(" or ", types));
    }

    private static @Nullable ColumnReading scalar(String from, Scalar to, TimestampFormat format) {
        return switch (from) {
            case "text", "ascii" -> to == Scalar.STRING ? value -> value : null;
            case "uuid", "timeuuid" -> to == Scalar.STRING ? Object::toString : null;
            case "inet" -> to == Scalar.STRING ? value -> ((InetAddress) value).getHostAddress() : null;
            case "tinyint", "smallint", "int" -> integer(to);
            case "bigint", "counter" -> to == Scalar.TIMESTAMP
                    ? timestamp(format)
                    : to == Scalar.INT ? null : integer(to);
            case "varint" -> to == Scalar.DECIMAL
                    ? value -> new BigDecimal((BigInteger) value)
                    : to == Scalar.LONG ? ColumnReading::exactLong : null;
            case "decimal" -> to == Scalar.DECIMAL ? value -> value : null;
            case "float", "double" -> to == Scalar.DOUBLE ? value -> ((Number) value).doubleValue() : null;
            case "boolean" -> to == Scalar.BOOLEAN ? value -> value : null;
            case "date" -> to == Scalar.DATE ? value -> value : null;
            case "timestamp" -> to == Scalar.TIMESTAMP
                    ? value -> moment(((Instant) value).toEpochMilli(), TimestampFormat.MILLIS)
                    : null;
            case "blob" -> to == Scalar.BYTES ? value -> bytes((ByteBuffer) value) : null;
            case "duration" -> to == Scalar.DURATION ? value -> DriverValues.ofDuration(value) : null;
            default -> null;
        };
    }

    private static @Nullable ColumnReading integer(Scalar to) {
        return switch (to) {
            case INT -> value -> ((Number) value).intValue();
            case LONG -> value -> ((Number) value).longValue();
            case DECIMAL -> value -> BigDecimal.valueOf(((Number) value).longValue());
            default -> null;
        };
    }

    /** A number in a column is what the record's {@code format} says. */
    private static @Nullable ColumnReading timestamp(TimestampFormat format) {
        return format == TimestampFormat.ISO ? null : value -> moment((Long) value, format);
    }

    private static Instant moment(long number, TimestampFormat format) {
        Instant moment = Moments.ofWhole(number, format);
        if (moment == null) {
            throw new EvaluationException("overflow", number + " is no timestamp in the years 1 to 9999.");
        }
        return moment;
    }

    private static Object exactLong(Object value) {
        BigInteger number = (BigInteger) value;
        if (number.bitLength() >= Long.SIZE) {
            throw new EvaluationException("overflow", number + " does not fit into `long`.");
        }
        return number.longValue();
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }
}
