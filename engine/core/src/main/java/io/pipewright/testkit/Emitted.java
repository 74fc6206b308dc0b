package io.pipewright.testkit;

import org.jspecify.annotations.Nullable;

/**
 * What arrived at a sink of a job under test.
 *
 * @param value the record
 * @param eventTime milliseconds since the epoch, or null for a record without event time
 */
public record Emitted(Object value, @Nullable Long eventTime) {}
