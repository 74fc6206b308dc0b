package io.pipewright.stages.cxone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/** A clock that only moves when told to or when someone sleeps, and remembers the sleeps. */
final class FakeTime extends Clock implements Sleeper {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** Draws the largest value allowed, so that waits are the upper bounds. */
    static final RandomGenerator HIGHEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return Long.MAX_VALUE;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private volatile Instant now = START;

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public void sleep(Duration duration) {
        sleeps.add(duration);
        advance(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
