package io.pipewright.stages.cassandra;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The conversions between types without parts. */
final class ScalarConversions {

    private static final long EXACT_IN_DOUBLE = 1L << 53;
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private ScalarConversions() {}

    static Optional<ColumnConversion> between(Scalar from, String to) {
        return Optional.ofNullable(find(from, to));
    }

    /** The column types that a value fits, the most natural first. */
    static List<String> fitting(Scalar from) {
        return switch (from) {
            case STRING -> List.of("text", "ascii", "uuid", "timeuuid", "inet");
            case JSON -> List.of("text");
            case INT, LONG -> List.of("bigint", "int", "smallint", "tinyint", "varint", "decimal", "double");
            case DOUBLE -> List.of("double", "float");
            case DECIMAL -> List.of("decimal");
            case BOOLEAN -> List.of("boolean");
            case TIMESTAMP -> List.of("timestamp", "bigint");
            case DATE -> List.of("date");
            case BYTES -> List.of("blob");
            case DURATION -> List.of("duration");
        };
    }

    private static @Nullable ColumnConversion find(Scalar from, String to) {
        if (!fitting(from).contains(to)) {
            return null;
        }
        return switch (from) {
            case STRING, JSON -> text(to);
            case INT, LONG -> integer(to);
            case DOUBLE -> to.equals("float") ? ScalarConversions::toFloat : value -> value;
            case TIMESTAMP -> to.equals("bigint")
                    ? value -> toMillis((Instant) value).toEpochMilli()
                    : value -> toMillis((Instant) value);
            case BYTES -> value -> ByteBuffer.wrap((byte[]) value);
            case DURATION -> value -> DriverValues.duration((Duration) value);
            case DECIMAL, BOOLEAN, DATE -> value -> value;
        };
    }

    private static ColumnConversion text(String to) {
        return switch (to) {
            case "ascii" -> ScalarConversions::toAscii;
            case "uuid", "timeuuid" -> value -> toUuid((String) value, to.equals("timeuuid"));
            case "inet" -> value -> toAddress((String) value);
            default -> value -> value;
        };
    }

    private static ColumnConversion integer(String to) {
        return switch (to) {
            case "int" -> value -> (int) inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE, to);
            case "smallint" -> value -> (short) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE, to);
            case "tinyint" -> value -> (byte) inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE, to);
            case "varint" -> value -> BigInteger.valueOf(((Number) value).longValue());
            case "decimal" -> value -> BigDecimal.valueOf(((Number) value).longValue());
            case "double" -> ScalarConversions::toDouble;
            default -> value -> ((Number) value).longValue();
        };
    }

    private static long inRange(Object value, long min, long max, String to) {
        long number = ((Number) value).longValue();
        if (number < min || number > max) {
            throw new EvaluationException("overflow", number + " does not fit into `" + to + "`.");
        }
        return number;
    }

    private static Object toDouble(Object value) {
        long number = ((Number) value).longValue();
        if (number < -EXACT_IN_DOUBLE || number > EXACT_IN_DOUBLE) {
            throw new EvaluationException("lossy", number + " is not exact as a `double`.");
        }
        return (double) number;
    }

    private static Instant toMillis(Instant time) {
        if (time.getNano() % 1_000_000 != 0) {
            throw new EvaluationException("lossy", time + " is finer than a millisecond, which is all that CQL has.");
        }
        return time;
    }

    private static Object toFloat(Object value) {
        double number = (Double) value;
        float narrowed = (float) number;
        if (Double.compare(narrowed, number) != 0) {
            throw new EvaluationException("lossy", number + " is not exact as a `float`.");
        }
        return narrowed;
    }

    private static Object toAscii(Object value) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode((String) value)) {
            throw new EvaluationException("not-ascii", "The text holds characters that `ascii` does not have.");
        }
        return value;
    }

    private static Object toUuid(String text, boolean timeBased) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equals(text.toLowerCase(Locale.ROOT)) && (!timeBased || uuid.version() == 1)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // told below, with the other texts that are not in the full form
        }
        throw new EvaluationException(
                "malformed-uuid", "`" + text + "` is not a " + (timeBased ? "time-based " : "") + "UUID.");
    }

    private static Object toAddress(String text) {
        try {
            if (IPV4.matcher(text).matches() || IPV6.matcher(text).matches()) {
                return InetAddress.getByName(text);
            }
        } catch (UnknownHostException e) {
            // told below; a literal address is never looked up
        }
        throw new EvaluationException("malformed-address", "`" + text + "` is not an IP address.");
    }
}
