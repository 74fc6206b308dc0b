package io.pipewright.stages.json;

import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.stages.text.Excerpt;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads moments in the years 1 to 9999 (CEL's range), as fine as microseconds; finer ones are refused, not cut. */
final class TimestampReader {

    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int MICROS = 1_000_000;

    private TimestampReader() {}

    static @Nullable Instant read(JsonCursor in, TimestampFormat format) {
        return switch (format) {
            case MILLIS -> number(in, 1_000, "milliseconds");
            case SECONDS -> number(in, 1, "seconds");
            case MICROS -> number(in, MICROS, "microseconds");
            case ISO -> iso(in);
        };
    }

    private static @Nullable Instant number(JsonCursor in, int perSecond, String unit) {
        if (!in.onNumber()) {
            ValueReader.wrong(in, "a timestamp in " + unit);
            return null;
        }
        if (!in.scanNumber()) {
            return null;
        }
        if (in.isWhole() && in.isShort()) {
            long value = in.digits();
            int nanos = (int) Math.floorMod(value, (long) perSecond) * (1_000_000_000 / perSecond);
            return checked(in, Math.floorDiv(value, (long) perSecond), nanos, unit);
        }
        BigDecimal number = ScalarReader.decimal(in, "a timestamp in " + unit);
        if (number == null) {
            return null;
        }
        BigDecimal micros = number.multiply(BigDecimal.valueOf(MICROS / perSecond));
        if (micros.stripTrailingZeros().scale() > 0) {
            return tooFine(in, "the number " + Excerpt.of(in.number()));
        }
        if (micros.precision() - micros.scale() > 18) {
            return ScalarReader.outOfRange(in, "a timestamp in " + unit);
        }
        long value = micros.longValueExact();
        int nanos = (int) Math.floorMod(value, (long) MICROS) * 1000;
        return checked(in, Math.floorDiv(value, (long) MICROS), nanos, unit);
    }

    private static @Nullable Instant checked(JsonCursor in, long second, int nanos, String unit) {
        return second < FIRST_SECOND || second > LAST_SECOND
                ? ScalarReader.outOfRange(in, "a timestamp in " + unit)
                : Instant.ofEpochSecond(second, nanos);
    }

    private static @Nullable Instant tooFine(JsonCursor in, String found) {
        in.refuse(Refusal.ofValue(Refusal.OUT_OF_RANGE, "must not be finer than a microsecond, but is " + found));
        return null;
    }

    private static @Nullable Instant iso(JsonCursor in) {
        int begin = in.position();
        String text = ScalarReader.text(in, "a timestamp as ISO 8601 text");
        if (text == null) {
            return null;
        }
        Instant instant = quick(text);
        if (instant == null) {
            try {
                instant = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            } catch (DateTimeException e) {
                return ScalarReader.wrongAt(in, begin, "a timestamp with an offset such as 2024-05-31T12:00:00Z");
            }
        }
        if (instant.getNano() % 1000 != 0) {
            return tooFine(in, "the text \"" + Excerpt.of(text) + "\"");
        }
        long second = instant.getEpochSecond();
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            in.refuse(Refusal.ofValue(
                    Refusal.OUT_OF_RANGE, "must be a timestamp, but " + Excerpt.of(text) + " is out of range"));
            return null;
        }
        return instant;
    }

    /** Reads the usual form, {@code yyyy-MM-ddTHH:mm:ss[.f…]Z}, some ten times as fast; null for all others. */
    private static @Nullable Instant quick(String text) {
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
