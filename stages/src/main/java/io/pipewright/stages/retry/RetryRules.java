package io.pipewright.stages.retry;

import java.time.Duration;

/**
 * How much a writer sends without an answer, and what it does when attempts fail.
 *
 * @param maxInFlight how much has no outcome at most
 * @param maxAttempts after how many failures that count records are given up
 * @param backoff the wait before the second attempt
 * @param maxBackoff the longest wait
 * @param unreachableFor for how long there may be no answer at all
 */
public record RetryRules(
        int maxInFlight, int maxAttempts, Duration backoff, Duration maxBackoff, Duration unreachableFor) {}
