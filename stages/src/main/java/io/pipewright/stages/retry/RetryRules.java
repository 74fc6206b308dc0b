package io.pipewright.stages.retry;

import java.time.Duration;

/**
 * What is done when attempts fail.
 *
 * @param maxAttempts after how many failures that count records are given up
 * @param backoff the wait before the second attempt
 * @param maxBackoff the longest wait
 * @param unreachableFor for how long there may be no answer at all
 */
public record RetryRules(int maxAttempts, Duration backoff, Duration maxBackoff, Duration unreachableFor) {}
