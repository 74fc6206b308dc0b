package io.pipewright.stages.text;

import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;

/**
 * Reads the whole of a text as a scalar, exactly: what would be rounded, cut off or replaced is refused, and so is white
 * space round a value that is no string.
 *
 * <p>Numbers have the notation of JSON, but may begin with zeros; a double may also be {@code NaN}, {@code Infinity} or
 * {@code -Infinity}. Booleans are {@code true} and {@code false}, bytes base64, dates, durations and {@code iso}
 * timestamps ISO 8601.
 */
final class ScalarText {

    private static final int LONGEST_LONG = 18;

    private ScalarText() {}

    /** The value, or an {@link Unreadable}. */
    static Object read(String text, Scalar scalar, TimestampFormat format) {
        try {
            return switch (scalar) {
                case STRING, JSON -> text;
                case BOOLEAN -> bool(text);
                case INT -> whole(text, "an int", Integer.MIN_VALUE, Integer.MAX_VALUE);
                case LONG -> whole(text, "a long", Long.MIN_VALUE, Long.MAX_VALUE);
                case DOUBLE -> real(text);
                case DECIMAL -> decimal(text);
                case BYTES -> Base64.getDecoder().decode(text);
                case DATE -> LocalDate.parse(text);
                case DURATION -> Duration.parse(text);
                case TIMESTAMP -> format == TimestampFormat.ISO ? Moments.ofText(text) : moment(text, format);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return Unreadable.wrongType(needed(scalar), text);
        }
    }

    private static String needed(Scalar scalar) {
        return switch (scalar) {
            case BYTES -> "base64";
            case DATE -> "a date such as 2024-05-31";
            case DURATION -> "a duration by ISO 8601 such as PT1M30S";
            case TIMESTAMP -> "a timestamp with an offset such as 2024-05-31T12:00:00Z";
            default -> "a " + scalar.text();
        };
    }

    private static Object bool(String text) {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> Unreadable.wrongType("true or false", text);
        };
    }

    private static Object whole(String text, String needed, long least, long most) {
        if (!isWhole(text)) {
            return Unreadable.wrongType(needed, text);
        }
        long value;
        try {
            value = Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Unreadable.outOfRange(needed, text);
        }
        if (value < least || value > most) {
            return Unreadable.outOfRange(needed, text);
        }
        return most == Integer.MAX_VALUE ? (Object) (int) value : (Object) value;
    }

    private static Object real(String text) {
        switch (text) {
            case "NaN":
                return Double.NaN;
            case "Infinity":
                return Double.POSITIVE_INFINITY;
            case "-Infinity":
                return Double.NEGATIVE_INFINITY;
            default:
                break;
        }
        if (!isNumber(text)) {
            return Unreadable.wrongType("a double", text);
        }
        double number = Double.parseDouble(text);
        if (!ExactNumbers.isNear(number, text)) {
            return Unreadable.outOfRange("a double", text);
        }
        if (isWhole(text) && !ExactNumbers.isExactly(number, text)) {
            return new Unreadable(
                    "out-of-range", "must be a double, which cannot hold " + Excerpt.of(text) + " exactly");
        }
        return number;
    }

    private static Object decimal(String text) {
        BigDecimal number = isNumber(text) ? ExactNumbers.decimal(text) : null;
        if (number != null) {
            return number;
        }
        return isNumber(text) ? Unreadable.outOfRange("a decimal", text) : Unreadable.wrongType("a decimal", text);
    }

    private static Object moment(String text, TimestampFormat format) {
        String needed = Moments.needed(format);
        if (!isNumber(text)) {
            return Unreadable.wrongType(needed, text);
        }
        if (text.length() <= LONGEST_LONG && isWhole(text)) {
            Instant moment = Moments.ofWhole(Long.parseLong(text), format);
            return moment == null ? Unreadable.outOfRange(needed, text) : moment;
        }
        return Moments.ofNumber(text, format, "the text \"" + Excerpt.of(text) + "\"");
    }

    private static boolean isWhole(String text) {
        int digits = skipDigits(text, sign(text));
        return digits == text.length() && digits > sign(text) && digits <= ExactNumbers.LONGEST;
    }

    /** Whether it is {@code -?digits(.digits)?([eE][+-]?digits)?}. */
    private static boolean isNumber(String text) {
        int length = text.length();
        int at = skipDigits(text, sign(text));
        if (at == sign(text) || length > ExactNumbers.LONGEST) {
            return false;
        }
        if (at < length && text.charAt(at) == '.') {
            int from = at + 1;
            at = skipDigits(text, from);
            if (at == from) {
                return false;
            }
        }
        if (at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            at += at < length && (text.charAt(at) == '+' || text.charAt(at) == '-') ? 1 : 0;
            int from = at;
            at = skipDigits(text, from);
            return at == length && at > from;
        }
        return at == length;
    }

    private static int sign(String text) {
        return text.startsWith("-") ? 1 : 0;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
