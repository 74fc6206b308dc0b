package io.pipewright.stages.retry;

import io.pipewright.spi.stage.PlanContext;
import java.time.Duration;

/**
 * What is done when attempts fail.
 *
 * @param maxAttempts after how many failures that count records are given up
 * @param backoff the wait before the second attempt
 * @param maxBackoff the longest wait
 * @param unreachableFor for how long there may be no answer at all
 */
public record RetryRules(int maxAttempts, Duration backoff, Duration maxBackoff, Duration unreachableFor) {

    /**
     * Reports a longest wait that is shorter than the first one, at the option of {@code retry} that was written.
     *
     * @param byDefault the longest wait where none is written
     */
    public void check(Duration byDefault, PlanContext in) {
        if (maxBackoff.compareTo(backoff) < 0) {
            in.error(
                    "out-of-range",
                    maxBackoff.equals(byDefault) ? "retry.backoff" : "retry.maxBackoff",
                    "`maxBackoff` is shorter than `backoff`.",
                    "write a longer `maxBackoff`, or a shorter `backoff`.");
        }
    }
}
