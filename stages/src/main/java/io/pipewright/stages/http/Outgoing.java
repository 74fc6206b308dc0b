package io.pipewright.stages.http;

import io.pipewright.spi.record.DataRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way.
 *
 * @param eventTime in milliseconds, null for none
 * @param json as it is sent
 */
record Outgoing(DataRecord record, @Nullable Long eventTime, String json, @Nullable String idempotencyKey) {}
