package io.pipewright.flink.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * The output of a reader, watched: how many records it gave, and which of its splits have given none for so long that
 * they are idle.
 *
 * <p>Idleness is measured on a clock of its own, {@link #activeNanos}, which stands still while the reader is held back.
 */
final class WatchedOutput<T> implements ReaderOutput<T> {

    /** Never the id of a split of a real source. */
    private static final String NO_SPLIT = "\u0000no split";

    private final ReaderOutput<T> output;
    private final Pacing pacing;
    private final Set<String> splitIds;
    private final Map<String, WatchedSplit<T>> splits = new HashMap<>();
    private long emitted;
    private long activeNanos;
    private long splitlessSince;
    private boolean splitlessIdle;

    /** @param splitIds the reader's splits; those that finish are taken out */
    WatchedOutput(ReaderOutput<T> output, Pacing pacing, Set<String> splitIds) {
        this.output = output;
        this.pacing = pacing;
        this.splitIds = splitIds;
        splitIds.forEach(this::createOutputForSplit);
    }

    /** The number of records so far. */
    long emitted() {
        return emitted;
    }

    void count() {
        emitted++;
    }

    long activeNanos() {
        return activeNanos;
    }

    /** From now on this split is one of the reader's, and holds back the watermark until it is idle. */
    void add(String splitId) {
        createOutputForSplit(splitId);
        splitlessIdle = false;
    }

    /** Lets time in which the reader was not held back pass, and marks as idle what has become so. */
    void advance(long nanos) {
        activeNanos += nanos;
        if (splitIds.isEmpty()) {
            if (!splitlessIdle
                    && pacing.noSplitsNanos() > 0
                    && activeNanos >= splitlessSince + pacing.noSplitsNanos()) {
                splitlessIdle = true;
                markAllIdle();
            }
            return;
        }
        if (pacing.idleNanos() > 0) {
            for (WatchedSplit<T> split : splits.values()) {
                if (activeNanos >= split.idleAt(pacing.idleNanos())) {
                    split.becomeIdle();
                }
            }
        }
    }

    /** After how much active time something may next become idle; {@link Long#MAX_VALUE} for never. */
    long nanosToIdle() {
        long next = Long.MAX_VALUE;
        if (splitIds.isEmpty()) {
            if (!splitlessIdle && pacing.noSplitsNanos() > 0) {
                next = splitlessSince + pacing.noSplitsNanos();
            }
        } else if (pacing.idleNanos() > 0) {
            for (WatchedSplit<T> split : splits.values()) {
                next = Math.min(next, split.idleAt(pacing.idleNanos()));
            }
        }
        return next == Long.MAX_VALUE ? next : Math.max(0, next - activeNanos);
    }

    /**
     * Flink holds a reader for idle when its main output is and all outputs of splits together are; the latter can only
     * be said through an output of a split.
     */
    private void markAllIdle() {
        output.createOutputForSplit(NO_SPLIT).markIdle();
        output.releaseOutputForSplit(NO_SPLIT);
        output.markIdle();
    }

    @Override
    public SourceOutput<T> createOutputForSplit(String splitId) {
        WatchedSplit<T> known = splits.get(splitId);
        if (known != null) {
            return known;
        }
        WatchedSplit<T> made = new WatchedSplit<>(output.createOutputForSplit(splitId), this, activeNanos);
        splits.put(splitId, made);
        return made;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        splits.remove(splitId);
        if (splitIds.remove(splitId)) {
            splitlessSince = activeNanos;
        }
        output.releaseOutputForSplit(splitId);
    }

    @Override
    public void collect(T element) {
        count();
        output.collect(element);
    }

    @Override
    public void collect(T element, long timestamp) {
        count();
        output.collect(element, timestamp);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
        output.emitWatermark(watermark);
    }

    @Override
    public void markIdle() {
        output.markIdle();
    }

    @Override
    public void markActive() {
        output.markActive();
    }
}
