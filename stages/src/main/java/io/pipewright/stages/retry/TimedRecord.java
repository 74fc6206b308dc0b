package io.pipewright.stages.retry;

import io.pipewright.spi.record.DataRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to a server.
 *
 * @param eventTime in milliseconds, null for none
 */
public record TimedRecord(DataRecord record, @Nullable Long eventTime) {}
