package io.pipewright.flink.source;

import org.apache.flink.api.connector.source.SourceEvent;

/** The enumerator tells a reader how many records a second it may emit. */
record RateShare(double perSecond) implements SourceEvent {}
