package io.pipewright.sandbox.cxone;

import org.jspecify.annotations.Nullable;

/**
 * A record before it has its place.
 *
 * @param time the event time, or the place in time of a record that has none; milliseconds
 * @param sentAt when it is sent, which is its place in the order and the Kafka record's timestamp
 */
@SuppressWarnings("ArrayRecordComponent")
record PlannedRecord(RecordKind kind, long time, long sentAt, @Nullable String key, byte[] value) {}
