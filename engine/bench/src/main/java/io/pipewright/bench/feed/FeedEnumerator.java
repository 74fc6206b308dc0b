package io.pipewright.bench.feed;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/**
 * Gives each reader its stride, tells all how far the slowest is, and decides where a feed ends whose time is up.
 *
 * <p>It ends an opening when a checkpoint is complete before which all of it was sent: the job has then processed it.
 */
final class FeedEnumerator implements SplitEnumerator<Stride, Integer> {

    private final FeedRun run;
    private final SplitEnumeratorContext<Stride> context;
    private final long[] sent;
    private long end;
    private long checkpointBehindOpening = Long.MAX_VALUE;

    FeedEnumerator(FeedRun run, SplitEnumeratorContext<Stride> context) {
        this.run = run;
        this.context = context;
        this.sent = new long[context.currentParallelism()];
        this.end = run.events();
        Arrays.fill(sent, run.spec().first());
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        context.assignSplit(new Stride(subtask, sent.length, run.spec().first() + subtask), subtask);
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof Progress progress) {
            long before = slowest();
            sent[subtask] = progress.sequence();
            boolean ends = progress.end() == Progress.TIME_IS_UP && end == run.events();
            if (ends) {
                // No reader is beyond this: each keeps within the lead of what it was last told.
                end = slowest() + run.lead() + sent.length;
            }
            if (ends || slowest() > before) {
                tellAll(new Progress(slowest(), end));
            }
        }
    }

    private void tellAll(SourceEvent event) {
        context.registeredReaders().keySet().forEach(reader -> context.sendEventToSourceReader(reader, event));
    }

    private long slowest() {
        return Arrays.stream(sent).min().orElse(0);
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public void addSplitsBack(List<Stride> splits, int subtask) {}

    @Override
    public Integer snapshotState(long checkpointId) {
        if (run.spec().opening() && slowest() >= 0) {
            checkpointBehindOpening = Math.min(checkpointBehindOpening, checkpointId);
        }
        return 0;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        if (checkpointId >= checkpointBehindOpening) {
            tellAll(new OpeningEnd());
        }
    }

    @Override
    public void close() throws IOException {}
}
