package io.pipewright.sandbox.cxone;

import java.time.Instant;

/** A row of {@code interaction_volumes}. */
public record VolumeRow(String channel, Instant windowStart, Instant windowEnd, long volume) {}
