package io.pipewright.bench.feed;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * From a reader: how far it is; to the readers: how far the slowest is, and where the feed ends.
 *
 * @param sequence the number of an event that has not been sent yet
 * @param end from a reader {@link Long#MIN_VALUE} when its time is up; to readers the number of the first event that is
 *     not sent
 */
record Progress(long sequence, long end) implements SourceEvent {

    private static final long serialVersionUID = 1L;
    static final long TIME_IS_UP = Long.MIN_VALUE;
}
