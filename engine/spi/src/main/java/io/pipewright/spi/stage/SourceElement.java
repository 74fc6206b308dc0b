package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;

/**
 * What a source emits: a record with its event time, or a failure in the place of one.
 *
 * @param failed whether {@code record} is a {@link io.pipewright.spi.record.FailureRecord}
 * @param eventTime milliseconds since the epoch, or {@link #NO_TIME}
 */
public record SourceElement(DataRecord record, boolean failed, long eventTime) {

    /** The event time of what has none; it does not move the watermark. */
    public static final long NO_TIME = Long.MIN_VALUE;
}
