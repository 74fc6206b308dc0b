package io.pipewright.stages.cassandra;

import io.pipewright.stages.cassandra.CassandraSinkOptions.Retry;
import java.util.random.RandomGenerator;

/** How long retries wait: doubling from the first, bounded, each shortened by a random part of up to a half. */
final class Backoff {

    private static final int MAX_DOUBLINGS = 30;

    private final long firstMillis;
    private final long maxMillis;
    private final RandomGenerator random;

    Backoff(Retry retry, RandomGenerator random) {
        this.firstMillis = retry.backoff().toMillis();
        this.maxMillis = retry.maxBackoff().toMillis();
        this.random = random;
    }

    /**
     * Milliseconds before the next attempt.
     *
     * @param failed how many attempts failed so far, 1 or more
     */
    long millisAfter(int failed) {
        int doublings = Math.min(failed - 1, MAX_DOUBLINGS);
        long full = firstMillis > maxMillis >> doublings ? maxMillis : firstMillis << doublings;
        return full - (long) (random.nextDouble() * (full / 2.0));
    }
}
