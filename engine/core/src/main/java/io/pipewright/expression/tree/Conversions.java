package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Conversions between types; what cannot be converted without being changed has no value. */
final class Conversions {

    /** Longer texts take long to read, and have too many digits anyway. */
    private static final int MAX_DECIMAL_LENGTH = 20_000;

    private Conversions() {}

    /** Towards zero, as CEL does. */
    static long toLong(double value) {
        if (Double.isNaN(value) || value >= 0x1p63 || value <= -0x1p63) {
            throw Numbers.overflow("int(" + value + ")");
        }
        return (long) value;
    }

    static long toLong(BigDecimal value) {
        BigInteger whole = value.toBigInteger();
        if (whole.bitLength() > 63) {
            throw Numbers.overflow("int(" + value + ")");
        }
        return whole.longValue();
    }

    static long toLong(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw notA("whole number", text);
        }
    }

    static double toDouble(String text) {
        try {
            if (text.isEmpty() || !text.equals(text.strip()) || text.endsWith("d") || text.endsWith("f")) {
                throw notA("number", text);
            }
            return switch (text) {
                case "Inf", "+Inf", "inf", "+inf" -> Double.POSITIVE_INFINITY;
                case "-Inf", "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw notA("number", text);
        }
    }

    static boolean toBoolean(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "t", "1" -> true;
            case "false", "False", "FALSE", "f", "0" -> false;
            default -> throw notA("boolean", text);
        };
    }

    static BigDecimal toDecimal(double value) {
        if (!Double.isFinite(value)) {
            throw notA("decimal", Double.toString(value));
        }
        return BigDecimal.valueOf(value);
    }

    static BigDecimal toDecimal(String text) {
        if (text.length() > MAX_DECIMAL_LENGTH) {
            throw notA("decimal of at most 10000 digits", text);
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (Math.abs((long) value.scale()) > 10_000) {
                throw notA("decimal of at most 10000 digits", text);
            }
            return value;
        } catch (NumberFormatException e) {
            throw notA("decimal", text);
        }
    }

    static Instant toTimestamp(String text) {
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            if (Times.inRange(moment)) {
                return moment;
            }
        } catch (DateTimeException e) {
            // told below, with the form that is wanted
        }
        throw notA("moment such as `2026-01-31T12:00:00Z`", text);
    }

    static LocalDate toDate(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (date.getYear() >= 1 && date.getYear() <= 9999) {
                return date;
            }
        } catch (DateTimeException e) {
            // told below, with the form that is wanted
        }
        throw notA("date such as `2026-01-31`", text);
    }

    static String toText(Object value) {
        if (value instanceof byte[] bytes) {
            return Texts.ofBytes(bytes);
        }
        if (value instanceof Instant moment) {
            return DateTimeFormatter.ISO_INSTANT.format(moment);
        }
        if (value instanceof Duration duration) {
            return Durations.text(duration);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return String.valueOf(value);
    }

    static EvaluationException notA(String what, String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return new EvaluationException("bad-value", "`" + shown + "` is not a " + what + ".");
    }
}
