package io.pipewright.stages.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long retries wait: doubling from the first, bounded, each shortened by a random part of up to a half. */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 30;

    private final long firstMillis;
    private final long maxMillis;
    private final RandomGenerator random;

    /** Waits from {@code first} on, {@code max} at most. */
    public Backoff(Duration first, Duration max, RandomGenerator random) {
        this.firstMillis = first.toMillis();
        this.maxMillis = max.toMillis();
        this.random = random;
    }

    /**
     * Milliseconds before the next attempt.
     *
     * @param failed how many attempts failed so far, 1 or more
     */
    public long millisAfter(int failed) {
        int doublings = Math.min(failed - 1, MAX_DOUBLINGS);
        long full = firstMillis > maxMillis >> doublings ? maxMillis : firstMillis << doublings;
        return full - (long) (random.nextDouble() * (full / 2.0));
    }
}
