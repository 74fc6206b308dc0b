package io.pipewright.flink.source;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * The output of one split: counts what passes, and remembers when something last did.
 *
 * <p>A reader that knows when a split is read to its end may say so with {@link #markIdle} and {@link #markActive}; in
 * between the split is not idle, however long others have their turns.
 */
final class WatchedSplit<T> implements SourceOutput<T> {

    private final SourceOutput<T> output;
    private final WatchedOutput<T> whole;
    private long offeredAt;
    private boolean idle;
    private boolean hasMore;

    WatchedSplit(SourceOutput<T> output, WatchedOutput<T> whole, long now) {
        this.output = output;
        this.whole = whole;
        this.offeredAt = now;
    }

    /** When this split becomes idle if nothing comes, on the clock of {@link WatchedOutput#activeNanos}. */
    long idleAt(long idleNanos) {
        return idle || hasMore ? Long.MAX_VALUE : offeredAt + idleNanos;
    }

    void becomeIdle() {
        idle = true;
        output.markIdle();
    }

    private void offered() {
        whole.count();
        awake();
    }

    private void awake() {
        offeredAt = whole.activeNanos();
        if (idle) {
            idle = false;
            output.markActive();
        }
    }

    @Override
    public void collect(T element) {
        offered();
        output.collect(element);
    }

    @Override
    public void collect(T element, long timestamp) {
        offered();
        output.collect(element, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        output.emitWatermark(watermark);
    }

    /** The split is read to its end: from now on it is idle if nothing comes for long enough. */
    @Override
    public void markIdle() {
        hasMore = false;
        offeredAt = whole.activeNanos();
    }

    /** The split has something to read. */
    @Override
    public void markActive() {
        hasMore = true;
        awake();
    }
}
