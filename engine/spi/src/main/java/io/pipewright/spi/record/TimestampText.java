package io.pipewright.spi.record;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Writes moments as JSON values in a {@link TimestampFormat}, losing nothing. */
final class TimestampText {

    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int[] PLACES = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    private static final long FIRST_SECOND = -62_167_219_200L; // 0000-01-01
    private static final long LAST_SECOND = 253_402_300_799L; // 9999-12-31

    private TimestampText() {}

    static void append(StringBuilder out, Instant instant, TimestampFormat format) {
        switch (format) {
            case ISO -> appendIso(out, instant);
            case MILLIS -> appendNumber(out, instant, 3);
            case SECONDS -> appendNumber(out, instant, 0);
            case MICROS -> appendNumber(out, instant, 6);
        }
    }

    private static void appendNumber(StringBuilder out, Instant instant, int places) {
        if (places == 3 && instant.getNano() % NANOS_OF_MILLI == 0) {
            out.append(instant.toEpochMilli());
            return;
        }
        BigDecimal number = BigDecimal.valueOf(instant.getEpochSecond())
                .add(BigDecimal.valueOf(instant.getNano(), 9))
                .movePointRight(places);
        out.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    }

    private static void appendIso(StringBuilder out, Instant instant) {
        long second = instant.getEpochSecond();
        if (second < FIRST_SECOND || second > LAST_SECOND) {
            out.append('"').append(instant).append('"');
            return;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        out.append('"');
        pad(out, time.getYear(), 4);
        pad(out.append('-'), time.getMonthValue(), 2);
        pad(out.append('-'), time.getDayOfMonth(), 2);
        pad(out.append('T'), time.getHour(), 2);
        pad(out.append(':'), time.getMinute(), 2);
        pad(out.append(':'), time.getSecond(), 2);
        out.append('.');
        int nanos = instant.getNano();
        if (nanos % NANOS_OF_MILLI == 0) {
            pad(out, nanos / NANOS_OF_MILLI, 3);
        } else if (nanos % 1000 == 0) {
            pad(out, nanos / 1000, 6);
        } else {
            pad(out, nanos, 9);
        }
        out.append("Z\"");
    }

    private static void pad(StringBuilder out, int number, int digits) {
        for (int place = PLACES[digits - 1]; place > 0; place /= 10) {
            out.append((char) ('0' + number / place % 10));
        }
    }
}
