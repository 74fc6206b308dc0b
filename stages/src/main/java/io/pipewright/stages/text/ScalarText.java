package io.pipewright.stages.text;

import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
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

    private static final int LONGEST_NUMBER = 1000;
    private static final int LARGEST_SCALE = 1000;
    private static final int LONGEST_LONG = 18;
    private static final BigDecimal FIRST_SECOND = BigDecimal.valueOf(-62_135_596_800L);
    private static final BigDecimal END_SECOND = BigDecimal.valueOf(253_402_300_800L);
    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

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
                case DECIMAL -> decimal(text, "a decimal");
                case BYTES -> Base64.getDecoder().decode(text);
                case DATE -> LocalDate.parse(text);
                case DURATION -> Duration.parse(text);
                case TIMESTAMP -> format == TimestampFormat.ISO ? iso(text) : moment(text, format);
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
        if (text.length() <= LONGEST_LONG) {
            value = Long.parseLong(text);
        } else {
            try {
                value = Long.parseLong(text);
            } catch (NumberFormatException e) {
                return Unreadable.outOfRange(needed, text);
            }
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
        if (Double.isInfinite(number) || number == 0 && !isZero(text)) {
            return Unreadable.outOfRange("a double", text);
        }
        if (isWhole(text) && new BigDecimal(number).compareTo(new BigDecimal(text)) != 0) {
            return new Unreadable(
                    "out-of-range", "must be a double, which cannot hold " + Excerpt.of(text) + " exactly");
        }
        return number;
    }

    /** The value, or an {@link Unreadable}; an exponent that would make it unwieldy is refused. */
    private static Object decimal(String text, String needed) {
        if (!isNumber(text)) {
            return Unreadable.wrongType(needed, text);
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) <= LARGEST_SCALE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // an exponent of more than 32 bits
        }
        return Unreadable.outOfRange(needed, text);
    }

    private static Object iso(String text) {
        return checked(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from), text);
    }

    private static Object moment(String text, TimestampFormat format) {
        String unit = "a timestamp in "
                + switch (format) {
                    case MILLIS -> "milliseconds";
                    case MICROS -> "microseconds";
                    default -> "seconds";
                };
        if (format == TimestampFormat.MILLIS && text.length() <= LONGEST_LONG && isWhole(text)) {
            return checked(Instant.ofEpochMilli(Long.parseLong(text)), text);
        }
        if (!(decimal(text, unit) instanceof BigDecimal number)) {
            return decimal(text, unit);
        }
        int places =
                switch (format) {
                    case MILLIS -> 3;
                    case MICROS -> 6;
                    default -> 0;
                };
        BigDecimal seconds = number.movePointLeft(places);
        if (seconds.compareTo(FIRST_SECOND) < 0 || seconds.compareTo(END_SECOND) >= 0) {
            return Unreadable.outOfRange(unit, text);
        }
        BigDecimal micros = seconds.multiply(MICROS);
        if (micros.stripTrailingZeros().scale() > 0) {
            return tooFine(text);
        }
        long value = micros.longValueExact();
        return Instant.ofEpochSecond(Math.floorDiv(value, 1_000_000L), Math.floorMod(value, 1_000_000L) * 1000);
    }

    /** The moment, if it is in the years 1 to 9999 and no finer than a microsecond. */
    private static Object checked(Instant instant, String text) {
        if (instant.getNano() % 1000 != 0) {
            return tooFine(text);
        }
        long second = instant.getEpochSecond();
        return second < FIRST_SECOND.longValue() || second >= END_SECOND.longValue()
                ? Unreadable.outOfRange("a timestamp", text)
                : instant;
    }

    private static Unreadable tooFine(String text) {
        return new Unreadable(
                "out-of-range", "must not be finer than a microsecond, but is the text \"" + Excerpt.of(text) + "\"");
    }

    private static boolean isWhole(String text) {
        int digits = skipDigits(text, sign(text));
        return digits == text.length() && digits > sign(text) && digits <= LONGEST_NUMBER;
    }

    /** Whether it is {@code -?digits(.digits)?([eE][+-]?digits)?}. */
    private static boolean isNumber(String text) {
        int length = text.length();
        int at = skipDigits(text, sign(text));
        if (at == sign(text) || length > LONGEST_NUMBER) {
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

    /** Whether the digits before any exponent are all zero. */
    private static boolean isZero(String number) {
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                return true;
            }
            if (c >= '1' && c <= '9') {
                return false;
            }
        }
        return true;
    }
}
