package io.pipewright.sandbox.cxone;

import java.time.Instant;

/** A row of {@code pattern_alerts}. */
public record AlertRow(
        String customerId, String channel, Instant timestamp, int failureCount, String alertType, String tier) {}
