package io.pipewright.stages.cxone;

import java.time.Duration;

/**
 * How often, and for how long, a call is tried again after 429, 5xx or a broken connection.
 *
 * @param maxAttempts attempts in all, the first included; 1 means no retry
 * @param firstBackoff upper bound of the wait before the second attempt; it doubles with each further one
 * @param maxBackoff upper bound of any wait, also of one that the server asks for with {@code Retry-After}
 * @param overall for all attempts and waits of one call together, the token's included
 */
public record RetryPolicy(int maxAttempts, Duration firstBackoff, Duration maxBackoff, Duration overall) {

    /** 5 attempts within 30 s, waiting up to 500 ms at first and never above 10 s. */
    public static final RetryPolicy DEFAULTS =
            new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(10), Duration.ofSeconds(30));

    /** Refuses fewer than one attempt, and times that are zero or negative. */
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, not " + maxAttempts);
        }
        TimeLimits.requirePositive(firstBackoff, "firstBackoff");
        TimeLimits.requirePositive(maxBackoff, "maxBackoff");
        TimeLimits.requirePositive(overall, "overall");
    }
}
