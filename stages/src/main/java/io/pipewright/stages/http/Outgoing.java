package io.pipewright.stages.http;

import io.pipewright.stages.retry.TimedRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way.
 *
 * @param json as it is sent
 */
record Outgoing(TimedRecord record, String json, @Nullable String idempotencyKey) {}
