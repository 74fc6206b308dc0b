package io.pipewright.stages.window;

import io.pipewright.spi.record.DataRecord;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.jspecify.annotations.Nullable;

/** A session in hand: its pane, to be changed, with what else is kept of it behind ({@link SessionLayout}). */
final class Session {

    private final Cut.Sessions cut;
    private final @Nullable Object[] values;
    private long first;
    private long last;

    Session(Cut.Sessions cut, @Nullable Object[] values, long first, long last) {
        this.cut = cut;
        this.values = values;
        this.first = first;
        this.last = last;
    }

    long first() {
        return first;
    }

    /** Exclusive. */
    long end() {
        return cut.end(first, last);
    }

    TimeWindow window() {
        return new TimeWindow(first, end());
    }

    /** The pane, and room for what else is kept. */
    @Nullable
    Object[] values() {
        return values;
    }

    /** When it sends its row before it ends; null if it has not changed since it did. */
    @Nullable
    Long early() {
        return (Long) values[values.length - 4];
    }

    void sendEarly(@Nullable Long moment) {
        values[values.length - 4] = moment;
    }

    /** By which number its values are kept besides; null if none are. */
    @Nullable
    Long valuesNumber() {
        return (Long) values[values.length - 3];
    }

    void keepValuesBy(long number) {
        values[values.length - 3] = number;
    }

    /** Whether both are one: they touch, and are not too long together. */
    boolean joins(Session other) {
        return first <= other.last + cut.gap()
                && other.first <= last + cut.gap()
                && cut.fits(Math.min(first, other.first), Math.max(last, other.last));
    }

    /** Takes the time of another one in. */
    void cover(Session other) {
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
    }

    /** A row that one of them has sent is followed by those of both. */
    void firedWith(Session other) {
        if (other.values[WindowOperator.FIRINGS] instanceof Long more
                && !(values[WindowOperator.FIRINGS] instanceof Long own && own >= more)) {
            values[WindowOperator.FIRINGS] = more;
        }
    }

    /** As it is kept. */
    DataRecord record() {
        @Nullable Object[] kept = values.clone();
        kept[kept.length - 2] = first;
        kept[kept.length - 1] = last;
        return new DataRecord(kept, null);
    }
}
