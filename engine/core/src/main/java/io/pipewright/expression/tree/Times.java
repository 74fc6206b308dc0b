package io.pipewright.expression.tree;

import io.pipewright.spi.expression.EvaluationException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.Function;

/** Moments of the years 1 to 9999 and durations of up to 10,000 years, the ranges of CEL. */
final class Times {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
    /** CEL's specification wants a difference to fit 64 bits of nanoseconds, 292 years. */
    private static final long LONGEST_DIFFERENCE_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

    private static final long LONGEST_SECONDS = 315_576_000_000L;

    private Times() {}

    static Instant plus(Instant moment, Duration duration) {
        return inRange(moment, duration, " + ");
    }

    static Instant minus(Instant moment, Duration duration) {
        return inRange(moment, duration.negated(), " - ");
    }

    private static Instant inRange(Instant moment, Duration duration, String operator) {
        Instant result = moment.plus(duration);
        if (result.isBefore(FIRST) || result.isAfter(LAST)) {
            throw Numbers.overflow(moment + operator + Durations.text(duration.abs()));
        }
        return result;
    }

    static Instant ofSeconds(long seconds) {
        if (seconds < FIRST.getEpochSecond() || seconds > LAST.getEpochSecond()) {
            throw Numbers.overflow("timestamp(" + seconds + ")");
        }
        return Instant.ofEpochSecond(seconds);
    }

    static Duration between(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        if (Math.abs(between.getSeconds()) >= LONGEST_DIFFERENCE_SECONDS) {
            throw Numbers.overflow(to + " - " + from);
        }
        return between;
    }

    static Duration plus(Duration a, Duration b) {
        return inRange(a.plus(b));
    }

    static Duration minus(Duration a, Duration b) {
        return inRange(a.minus(b));
    }

    static Duration inRange(Duration duration) {
        if (Math.abs(duration.getSeconds()) > LONGEST_SECONDS) {
            throw Numbers.overflow(duration.toString());
        }
        return duration;
    }

    static boolean inRange(Instant moment) {
        return !moment.isBefore(FIRST) && !moment.isAfter(LAST);
    }

    static long millis(Instant moment) {
        return moment.toEpochMilli();
    }

    static long millis(Duration duration) {
        return duration.toMillis();
    }

    static Instant ofMillis(long millis) {
        Instant moment = Instant.ofEpochMilli(millis);
        if (!inRange(moment)) {
            throw Numbers.overflow("fromMillis(" + millis + ")");
        }
        return moment;
    }

    /** Reads something of the calendar time of a moment. */
    static Builtin.One read(ZoneId zone, Function<ZonedDateTime, Object> part) {
        return moment -> part.apply(((Instant) moment).atZone(zone));
    }

    /** The zone that one of some arguments names, UTC if there is no such argument. */
    static ZoneId zone(Object[] arguments, int position) {
        return position < arguments.length ? zone((String) arguments[position]) : ZoneOffset.UTC;
    }

    /** A zone by its name, such as {@code Europe/Berlin}, or by its offset, such as {@code +02:00} or {@code -5:30}. */
    static ZoneId zone(String name) {
        try {
            boolean offset = name.matches("[+-]?\\d{1,2}:\\d{2}");
            return offset ? offset(name) : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new EvaluationException("unknown-zone", "`" + name + "` is not a time zone.");
        }
    }

    private static ZoneOffset offset(String name) {
        int sign = name.startsWith("-") ? -1 : 1;
        String[] parts = name.replaceAll("[+-]", "").split(":", -1);
        return ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(parts[0]), sign * Integer.parseInt(parts[1]));
    }
}
