package io.pipewright.bench.feed;

import java.io.Serializable;
import java.util.function.Consumer;

/** What a contender has its source do with the bytes of an event. */
@FunctionalInterface
public interface EventReader<T> extends Serializable {

    /**
     * Emits what the bytes say.
     *
     * @param line the reader's to keep
     * @param sequence the event's number in the feed, from 0
     */
    void read(byte[] line, long sequence, Consumer<T> out);
}
