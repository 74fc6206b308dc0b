package io.pipewright.flink.source;

import java.io.Serializable;

/** A monotonous clock that can also ring; it is passed in so that tests are masters of the time. */
interface Alarm extends AutoCloseable {

    /** Nanoseconds from an arbitrary origin, as {@link System#nanoTime}. */
    long nanoTime();

    /** Runs {@code action} once at this time on some thread, in the place of what was set before. */
    void ringAt(long nanoTime, Runnable action);

    @Override
    void close();

    /** Makes the alarm of one reader, where the reader runs. */
    interface Factory extends Serializable {
        Alarm create();
    }
}
