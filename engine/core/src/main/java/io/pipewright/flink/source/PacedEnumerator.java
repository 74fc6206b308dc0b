package io.pipewright.flink.source;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsHandleExecutionAttemptSourceEvent;
import org.jspecify.annotations.Nullable;

/**
 * An enumerator that divides the source's rate among its readers, by the splits that each says it has.
 *
 * <p>The shares never add up to more than the rate but for the time that a message takes. A reader that failed keeps
 * its share until it reports again. Nothing of this is in a checkpoint: readers report when they start.
 */
final class PacedEnumerator<S extends SourceSplit, E>
        implements SplitEnumerator<S, E>, SupportsHandleExecutionAttemptSourceEvent {

    private final SplitEnumerator<S, E> enumerator;
    private final SplitEnumeratorContext<S> context;
    private final Pacing pacing;
    private final Map<Integer, Integer> splits = new TreeMap<>();
    private final Map<Integer, Double> shares = new HashMap<>();

    PacedEnumerator(SplitEnumerator<S, E> enumerator, SplitEnumeratorContext<S> context, Pacing pacing) {
        this.enumerator = enumerator;
        this.context = context;
        this.pacing = pacing;
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof SplitsReport report) {
            divide(subtask, report.splits());
        } else {
            enumerator.handleSourceEvent(subtask, event);
        }
    }

    @Override
    public void handleSourceEvent(int subtask, int attempt, SourceEvent event) {
        if (event instanceof SplitsReport report) {
            divide(subtask, report.splits());
        } else if (enumerator instanceof SupportsHandleExecutionAttemptSourceEvent byAttempt) {
            byAttempt.handleSourceEvent(subtask, attempt, event);
        } else {
            enumerator.handleSourceEvent(subtask, event);
        }
    }

    private void divide(int reporter, int count) {
        splits.put(reporter, count);
        shares.remove(reporter);
        int all = splits.values().stream().mapToInt(Integer::intValue).sum();
        Map<Integer, Double> changed = new TreeMap<>();
        splits.forEach((subtask, own) -> {
            double share = all == 0 ? 0 : pacing.perSecond() * own / all;
            Double before = shares.put(subtask, share);
            if (before == null || before != share) {
                changed.put(subtask, share);
            }
            if (before != null && before > share) {
                send(subtask, share);
                changed.remove(subtask);
            }
        });
        changed.forEach(this::send);
    }

    private void send(int subtask, double share) {
        if (context.registeredReaders().containsKey(subtask)) {
            context.sendEventToSourceReader(subtask, new RateShare(share));
        }
    }

    @Override
    public void start() {
        enumerator.start();
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        enumerator.handleSplitRequest(subtask, host);
    }

    @Override
    public void addSplitsBack(List<S> returned, int subtask) {
        enumerator.addSplitsBack(returned, subtask);
    }

    @Override
    public void addReader(int subtask) {
        enumerator.addReader(subtask);
    }

    @Override
    public E snapshotState(long checkpointId) throws Exception {
        return enumerator.snapshotState(checkpointId);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        enumerator.notifyCheckpointComplete(checkpointId);
    }

    @Override
    public void notifyCheckpointAborted(long checkpointId) throws Exception {
        enumerator.notifyCheckpointAborted(checkpointId);
    }

    @Override
    public void close() throws IOException {
        enumerator.close();
    }
}
