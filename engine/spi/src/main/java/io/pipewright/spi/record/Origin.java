package io.pipewright.spi.record;

import java.io.Serializable;

/**
 * Where in its source a record came from; it stays with every record that came from one record.
 *
 * @param topic the topic, or the path of the file
 * @param partition the partition, 0 for a file
 * @param offset the offset in the partition, or the line number in a file, from 1
 */
public record Origin(String topic, int partition, long offset) implements Serializable {}
