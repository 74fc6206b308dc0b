package io.pipewright.stages.text;

import io.pipewright.spi.record.TimestampFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Moments in the years 1 to 9999 (CEL's range), as fine as microseconds; finer ones are refused, not cut. */
public final class Moments {

    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int MICROS = 1_000_000;
    private static final int LONGEST_MICROS = 18;

    private Moments() {}

    /** What a number in this format has to be, for messages. */
    public static String needed(TimestampFormat format) {
        return "a timestamp in "
                + switch (format) {
                    case MILLIS -> "milliseconds";
                    case MICROS -> "microseconds";
                    case SECONDS, ISO -> "seconds";
                };
    }

    private static int perSecond(TimestampFormat format) {
        return switch (format) {
            case MILLIS -> 1_000;
            case MICROS -> MICROS;
            case SECONDS, ISO -> 1;
        };
    }

    /** The moment that a whole number is in a format of numbers; null if it is out of range. */
    public static @Nullable Instant ofWhole(long number, TimestampFormat format) {
        return switch (format) { // to divide by a constant is to multiply
            case MILLIS -> moment(Math.floorDiv(number, 1_000L), Math.floorMod(number, 1_000L) * MICROS);
            case MICROS -> moment(Math.floorDiv(number, (long) MICROS), Math.floorMod(number, (long) MICROS) * 1_000);
            case SECONDS, ISO -> moment(number, 0);
        };
    }

    private static @Nullable Instant moment(long second, long nanos) {
        return isInRange(second) ? Instant.ofEpochSecond(second, nanos) : null;
    }

    /**
     * The moment that a number is in a format of numbers, or an {@link Unreadable}.
     *
     * @param found what it is, for messages: {@code the number 1.5}
     */
    public static Object ofNumber(String number, TimestampFormat format, String found) {
        BigDecimal decimal = ExactNumbers.decimal(number);
        if (decimal == null) {
            return Unreadable.outOfRange(needed(format), number);
        }
        BigDecimal micros = decimal.multiply(BigDecimal.valueOf(MICROS / perSecond(format)));
        if (micros.stripTrailingZeros().scale() > 0) {
            return tooFine(found);
        }
        Instant moment = micros.precision() - micros.scale() > LONGEST_MICROS
                ? null
                : ofWhole(micros.longValueExact(), TimestampFormat.MICROS);
        return moment == null ? Unreadable.outOfRange(needed(format), number) : moment;
    }

    /**
     * The moment that a text is by ISO 8601 with an offset, or an {@link Unreadable}.
     *
     * @throws DateTimeException if it is none at all
     */
    public static Object ofText(String text) {
        Instant moment = usual(text);
        if (moment == null) {
            moment = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
        }
        if (moment.getNano() % 1000 != 0) {
            return tooFine("the text \"" + Excerpt.of(text) + "\"");
        }
        return isInRange(moment.getEpochSecond()) ? moment : Unreadable.outOfRange("a timestamp", text);
    }

    /** Whether it is a date in these years. */
    public static boolean isInRange(LocalDate date) {
        return date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR;
    }

    private static boolean isInRange(long second) {
        return second >= FIRST_SECOND && second <= LAST_SECOND;
    }

    private static Unreadable tooFine(String found) {
        return new Unreadable("out-of-range", "must not be finer than a microsecond, but is " + found);
    }

    /** Reads the usual form, {@code yyyy-MM-ddTHH:mm:ss[.f…]Z}, some ten times as fast; null for all others. */
    private static @Nullable Instant usual(String text) {
        int length = text.length();
        if (length < 20 || length > 30 || text.charAt(length - 1) != 'Z' || !separated(text)) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int fraction = length == 20 ? 0 : digits(text, 20, length - 1);
        boolean numbers = (year | month | day | hour | minute | second | fraction) >= 0;
        if (!numbers || month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) {
            return null; // also the last days of months, which the calendar decides
        }
        for (int i = length - 21; i < 9; i++) {
            fraction *= 10;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * 86_400 + hour * 3600 + minute * 60 + second, fraction);
    }

    private static boolean separated(String text) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (text.length() == 20 || text.charAt(19) == '.' && text.length() > 21);
    }

    /** The number in up to nine digits, or -1. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
