package io.pipewright.app.casefile;

import io.pipewright.definition.Literals;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Moments as cases write them: the time since the start of the case, {@code +10s}, or whole. */
final class Moments {

    /** When every case starts: the beginning of a day, so that windows of up to a day begin there too. */
    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    static final String HINT =
            "write the time since the start of the case, such as `+10s`, or all of it: `2025-01-01T00:00:10Z`.";

    /** Later ones are numbers that went wrong; also earlier ones than the year 1. */
    static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Duration SHOWN_AS_OFFSET = Duration.ofDays(1000);

    private Moments() {}

    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(
                    text.startsWith("+") ? START.plus(Literals.duration(text.substring(1))) : Instant.parse(text));
        } catch (Literals.LiteralException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether a record can come then. */
    static boolean isPossible(Instant moment) {
        return !moment.isBefore(EARLIEST) && !moment.isAfter(LATEST);
    }

    /** The moment as {@link #parse} reads it. */
    static String text(Instant moment) {
        Duration since = Duration.between(START, moment);
        boolean offset = !since.isNegative()
                && since.compareTo(SHOWN_AS_OFFSET) < 0
                && since.equals(Duration.ofMillis(since.toMillis()));
        return offset ? "+" + Literals.text(since) : moment.toString();
    }
}
