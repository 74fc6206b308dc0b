package io.pipewright.bench.feed;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/**
 * Sends a stride of the feed, one event per poll, on the task's thread.
 *
 * <p>Between the opening of the feed and the first event of the block it waits for the word that the job has processed the
 * opening; its clock runs and its count begins then. Else it waits in three cases: when it is too far ahead of the slowest
 * reader; when it would be faster than the pace; and before a late event until the watermark has surely passed the event's
 * window, so that every contender must find it late. Late events are a minute of event time behind, so that the last case
 * occurs only where more than 45 s of event time go by in a second.
 */
final class FeedReader<T> implements SourceReader<T, Stride> {

    /** After how many events of its own a reader tells how far it is, and looks at the clock. */
    private static final int REPORT_EVERY = 1_024;

    private final FeedRun run;
    private final EventReader<T> reader;
    private final SourceReaderContext context;
    private final BlockFile block;
    private final LateGate gate;
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private @Nullable Stride stride;
    private @Nullable SourceOutput<T> output;
    private long next;
    private long end;
    private long slowest;

    /** Since the clock runs. */
    private long count;

    private @Nullable Stopclock clock;
    private boolean timeIsUp;

    FeedReader(FeedRun run, EventReader<T> reader, SourceReaderContext context) throws IOException {
        this.run = run;
        this.reader = reader;
        this.context = context;
        this.block = run.map();
        this.gate = new LateGate(run.spec());
        this.end = run.events();
        this.slowest = run.spec().first();
    }

    @Override
    public void start() {
        if (!run.spec().opening()) {
            begin();
        }
    }

    private void begin() {
        clock = Stopclock.now();
        count = 0;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> outputs) {
        if (stride == null) {
            return await(available.isDone() ? new CompletableFuture<>() : available);
        }
        SourceOutput<T> out = output;
        if (out == null) {
            out = outputs.createOutputForSplit(stride.splitId());
            output = out;
        }
        if (next >= end) {
            return InputStatus.END_OF_INPUT;
        }
        if (next >= 0 && clock == null) {
            context.sendSourceEventToCoordinator(new Progress(next, end));
            return await(new CompletableFuture<>());
        }
        if (next > slowest + run.lead() && stride.of() > 1) {
            return await(new CompletableFuture<>());
        }
        if (isTooEarly()) {
            report(stride);
            return await(later());
        }
        reader.read(block.line(next), next, out::collect);
        next += stride.of();
        if (++count % REPORT_EVERY == 0) {
            report(stride);
        }
        return next < end ? InputStatus.MORE_AVAILABLE : finished(stride);
    }

    private boolean isTooEarly() {
        if (run.pace() > 0 && elapsedNanos() * run.pace() / TimeUnit.SECONDS.toNanos(1) < next) {
            return true;
        }
        return block.isLate(next) && !gate.isOpen(block.time(next), System.nanoTime());
    }

    private long elapsedNanos() {
        return clock == null ? 0 : System.nanoTime() - clock.nanos();
    }

    /** To be polled again when the future is done, which it may be already. */
    private InputStatus await(CompletableFuture<Void> future) {
        available = future;
        return InputStatus.NOTHING_AVAILABLE;
    }

    private static CompletableFuture<Void> later() {
        return CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS));
    }

    private void report(Stride mine) {
        boolean up = run.millis() > 0 && !timeIsUp && elapsedNanos() > TimeUnit.MILLISECONDS.toNanos(run.millis());
        timeIsUp |= up;
        if (mine.of() == 1) {
            gate.passed(next, System.nanoTime());
            end = up ? next : end;
        } else {
            context.sendSourceEventToCoordinator(new Progress(next, up ? Progress.TIME_IS_UP : end));
        }
    }

    private InputStatus finished(Stride mine) {
        if (mine.of() > 1) {
            context.sendSourceEventToCoordinator(new Progress(Long.MAX_VALUE / 2, end));
        }
        return InputStatus.END_OF_INPUT;
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof Progress progress) {
            slowest = progress.sequence();
            end = progress.end();
            gate.passed(slowest, System.nanoTime());
        } else if (event instanceof OpeningEnd && clock == null) {
            begin();
        }
        available.complete(null);
    }

    @Override
    public List<Stride> snapshotState(long checkpointId) {
        return stride == null ? List.of() : List.of(new Stride(stride.index(), stride.of(), next));
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<Stride> splits) {
        for (Stride split : splits) {
            stride = split;
            next = split.next();
        }
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() throws IOException {
        if (clock != null) {
            ResultFolder.of(run).leaveSource(context.getIndexOfSubtask(), count, clock);
        }
    }

    /** When the whole feed has surely passed a moment of event time: its watermarks have then been sent long since. */
    private static final class LateGate {

        /** A window, the disorder and the bound that contenders allow, with something over, in seconds. */
        private static final int MARGIN = 15;

        /** Five times the interval between watermarks. */
        private static final long SETTLED = TimeUnit.SECONDS.toNanos(1);

        private final FeedSpec spec;
        private final long[] passedAt = new long[4_096];
        private int seconds;

        LateGate(FeedSpec spec) {
            this.spec = spec;
        }

        void passed(long sequence, long now) {
            int reached = (int) Math.min(Math.floorDiv(sequence, spec.eventsPerSecond()), Integer.MAX_VALUE - 1) + 1;
            if (reached - seconds > passedAt.length) {
                Arrays.fill(passedAt, now);
                seconds = reached;
            }
            for (; seconds < reached; seconds++) {
                passedAt[seconds % passedAt.length] = now;
            }
        }

        boolean isOpen(long time, long now) {
            long second = Math.max(0, Math.floorDiv(time, 1_000L) + MARGIN);
            boolean known = second < seconds && second > seconds - passedAt.length;
            return known && now - passedAt[(int) (second % passedAt.length)] > SETTLED;
        }
    }
}
