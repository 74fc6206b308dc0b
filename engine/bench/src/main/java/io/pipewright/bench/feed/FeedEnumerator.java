package io.pipewright.bench.feed;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives each reader its stride, tells all how far the slowest is, and decides where a feed ends whose time is up. */
final class FeedEnumerator implements SplitEnumerator<Stride, Integer> {

    private final FeedRun run;
    private final SplitEnumeratorContext<Stride> context;
    private final long[] sent;
    private long end;

    FeedEnumerator(FeedRun run, SplitEnumeratorContext<Stride> context) {
        this.run = run;
        this.context = context;
        this.sent = new long[context.currentParallelism()];
        this.end = run.events();
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        context.assignSplit(new Stride(subtask, sent.length, subtask), subtask);
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
                Progress told = new Progress(slowest(), end);
                context.registeredReaders().keySet().forEach(reader -> context.sendEventToSourceReader(reader, told));
            }
        }
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
        return 0;
    }

    @Override
    public void close() throws IOException {}
}
