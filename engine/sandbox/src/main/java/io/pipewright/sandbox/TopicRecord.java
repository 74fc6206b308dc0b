package io.pipewright.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * One record of a topic, to be fed or read back.
 *
 * @param partition from 0
 * @param offset the place in the partition; when fed, promised only for a topic that was empty
 * @param key UTF-8 text, or none
 * @param value the bytes as they are
 * @param timestamp the Kafka record's, in milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent")
public record TopicRecord(int partition, long offset, @Nullable String key, byte[] value, long timestamp) {}
