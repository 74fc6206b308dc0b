package io.pipewright.stages.cassandra;

import java.time.Clock;
import java.time.Instant;

/** Gives write timestamps in microseconds, strictly rising, near the machine's clock. */
final class WriteClock {

    private final Clock clock;
    private long last = Long.MIN_VALUE;

    WriteClock(Clock clock) {
        this.clock = clock;
    }

    long next() {
        Instant now = clock.instant();
        long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
        last = Math.max(micros, last + 1);
        return last;
    }
}
