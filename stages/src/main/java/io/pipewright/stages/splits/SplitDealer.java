package io.pipewright.stages.splits;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/**
 * Deals splits out in turn, and gives each reader its own when it comes. A reader that comes back gets what it had: the
 * others may have ended.
 */
final class SplitDealer<S extends SourceSplit> implements SplitEnumerator<S, List<S>> {

    private final SplitEnumeratorContext<S> context;
    private final Map<Integer, List<S>> waiting = new TreeMap<>();

    /** @param undealt those that no reader has */
    SplitDealer(SplitEnumeratorContext<S> context, List<S> undealt) {
        this.context = context;
        for (int i = 0; i < undealt.size(); i++) {
            of(i % context.currentParallelism()).add(undealt.get(i));
        }
    }

    private List<S> of(int subtask) {
        return waiting.computeIfAbsent(subtask, reader -> new ArrayList<>());
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        List<S> own = waiting.remove(subtask);
        if (own != null) {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, own)));
        }
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void addSplitsBack(List<S> splits, int subtask) {
        if (!splits.isEmpty()) {
            of(subtask).addAll(splits);
        }
    }

    /** Readers do not ask: they are given all that is theirs when they come. */
    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public List<S> snapshotState(long checkpointId) {
        List<S> undealt = new ArrayList<>();
        waiting.values().forEach(undealt::addAll);
        return undealt;
    }

    @Override
    public void close() {}
}
