package io.pipewright.stages.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.pipewright.spi.record.TimestampFormat;
import java.io.IOException;
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

    static Instant read(JsonParser parser, TimestampFormat format) throws IOException, Refusal {
        return switch (format) {
            case MILLIS -> number(parser, 1_000, "milliseconds");
            case SECONDS -> number(parser, 1, "seconds");
            case MICROS -> number(parser, MICROS, "microseconds");
            case ISO -> iso(parser);
        };
    }

    private static Instant number(JsonParser parser, int perSecond, String unit) throws IOException, Refusal {
        String needed = "a timestamp in " + unit;
        JsonToken token = parser.currentToken();
        if (!token.isNumeric()) {
            throw ValueReader.wrong(parser, needed);
        }
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != NumberType.BIG_INTEGER) {
            long value = parser.getLongValue();
            int nanos = (int) Math.floorMod(value, (long) perSecond) * (1_000_000_000 / perSecond);
            return checked(parser, Math.floorDiv(value, (long) perSecond), nanos, needed);
        }
        BigDecimal micros = ScalarReader.decimal(parser, needed).multiply(BigDecimal.valueOf(MICROS / perSecond));
        if (micros.stripTrailingZeros().scale() > 0) {
            throw tooFine(parser);
        }
        if (micros.precision() - micros.scale() > 18) {
            throw ScalarReader.outOfRange(parser, needed);
        }
        long value = micros.longValueExact();
        int nanos = (int) Math.floorMod(value, (long) MICROS) * 1000;
        return checked(parser, Math.floorDiv(value, (long) MICROS), nanos, needed);
    }

    private static Instant checked(JsonParser parser, long second, int nanos, String needed)
            throws IOException, Refusal {
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            throw ScalarReader.outOfRange(parser, needed);
        }
        return Instant.ofEpochSecond(second, nanos);
    }

    private static Refusal tooFine(JsonParser parser) throws IOException {
        return Refusal.ofValue(
                Refusal.OUT_OF_RANGE, "must not be finer than a microsecond, but is " + Excerpt.ofToken(parser));
    }

    private static Instant iso(JsonParser parser) throws IOException, Refusal {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw ValueReader.wrong(parser, "a timestamp as ISO 8601 text");
        }
        String text = parser.getText();
        Instant instant = quick(text);
        if (instant == null) {
            try {
                instant = DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
            } catch (DateTimeException e) {
                throw ValueReader.wrong(parser, "a timestamp with an offset such as 2024-05-31T12:00:00Z");
            }
        }
        if (instant.getNano() % 1000 != 0) {
            throw tooFine(parser);
        }
        return checked(parser, instant.getEpochSecond(), instant.getNano(), "a timestamp");
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
