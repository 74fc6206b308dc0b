package io.pipewright.flink.source;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * A reader that keeps to its share of the source's rate and marks splits idle that have nothing to offer.
 *
 * <p>It polls the reader inside only while it has a permit; permits are paid for by records, not by polls. A reader
 * that has not been told its share yet emits nothing.
 */
final class PacedReader<T, S extends SourceSplit> implements SourceReader<T, S> {

    /** The clock is read once in so many polls while records flow. */
    private static final int POLLS_PER_READING = 16;

    /** Longer pauses between two polls with records are back-pressure, not idleness of a split. */
    private static final long LONGEST_STEP_NANOS = 100_000_000L;

    private final SourceReader<T, S> reader;
    private final SourceReaderContext context;
    private final Pacing pacing;
    private final Alarm alarm;
    private final WakeUp wakeUp;
    private final TokenBucket bucket;
    private final Set<String> splits = new LinkedHashSet<>();

    private @Nullable WatchedOutput<T> watched;
    private State state = State.NEW;
    private long readAt;
    private int polls;
    private long permits;
    private int reported = -1;

    private enum State {
        /** Never polled. */
        NEW,
        /** The last poll had, or may have had, a record. */
        FLOWING,
        /** The reader inside had nothing. */
        WAITING,
        /** The rate is used up. */
        HELD
    }

    PacedReader(SourceReader<T, S> reader, SourceReaderContext context, Pacing pacing, Alarm alarm) {
        this.reader = reader;
        this.context = context;
        this.pacing = pacing;
        this.alarm = alarm;
        this.wakeUp = new WakeUp(alarm);
        this.bucket = new TokenBucket(alarm.nanoTime());
        this.readAt = alarm.nanoTime();
    }

    @Override
    public void start() {
        reader.start();
        reportSplits();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
        WatchedOutput<T> into = watch(output);
        if (state != State.FLOWING || ++polls % POLLS_PER_READING == 0) {
            readClock(into);
        }
        if (pacing.limits() && !hasPermit()) {
            if (state == State.FLOWING) {
                readClock(into);
            }
            state = State.HELD;
            return InputStatus.NOTHING_AVAILABLE;
        }
        long before = into.emitted();
        InputStatus status = reader.pollNext(into);
        permits -= into.emitted() - before;
        reportSplits();
        if (status == InputStatus.NOTHING_AVAILABLE && state == State.FLOWING) {
            readClock(into);
        }
        state = status == InputStatus.NOTHING_AVAILABLE ? State.WAITING : State.FLOWING;
        return status;
    }

    private WatchedOutput<T> watch(ReaderOutput<T> output) {
        if (watched == null) {
            watched = new WatchedOutput<>(output, pacing, splits);
        }
        return watched;
    }

    private boolean hasPermit() {
        if (permits <= 0) {
            permits += bucket.take(alarm.nanoTime());
        }
        return permits > 0;
    }

    private void readClock(WatchedOutput<T> into) {
        long now = alarm.nanoTime();
        long passed = now - readAt;
        readAt = now;
        into.advance(
                switch (state) {
                    case NEW -> 0;
                    case WAITING -> passed;
                    case FLOWING -> Math.min(passed, LONGEST_STEP_NANOS);
                    case HELD -> reader.isAvailable().isDone() ? 0 : passed;
                });
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        CompletableFuture<Void> inner = reader.isAvailable();
        if (state == State.HELD) {
            CompletableFuture<Void> future = wakeUp.future();
            wakeUp.at(bucket.readyAt(alarm.nanoTime()));
            return future;
        }
        if (inner.isDone()) {
            return inner;
        }
        CompletableFuture<Void> future = wakeUp.future();
        wakeUp.listenTo(inner);
        long toIdle = watched == null ? 0 : watched.nanosToIdle();
        wakeUp.at(toIdle == Long.MAX_VALUE ? toIdle : alarm.nanoTime() + toIdle);
        return future;
    }

    @Override
    public void addSplits(List<S> added) {
        for (S split : added) {
            splits.add(split.splitId());
            if (watched != null) {
                watched.add(split.splitId());
            }
        }
        reader.addSplits(added);
        if (reported >= 0) {
            reportSplits();
        }
    }

    private void reportSplits() {
        if (pacing.limits() && splits.size() != reported) {
            reported = splits.size();
            context.sendSourceEventToCoordinator(new SplitsReport(reported));
        }
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof RateShare share) {
            bucket.rate(share.perSecond(), alarm.nanoTime());
            wakeUp.ring();
        } else {
            reader.handleSourceEvents(event);
        }
    }

    @Override
    public List<S> snapshotState(long checkpointId) {
        return reader.snapshotState(checkpointId);
    }

    @Override
    public void notifyNoMoreSplits() {
        reader.notifyNoMoreSplits();
        wakeUp.ring();
    }

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {
        reader.pauseOrResumeSplits(pause, resume);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        reader.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        reader.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws Exception {
        wakeUp.close();
        reader.close();
    }
}
