package io.pipewright.flink.source;

import org.apache.flink.api.connector.source.SourceEvent;

/** A reader tells the enumerator how many splits it has. */
record SplitsReport(int splits) implements SourceEvent {}
