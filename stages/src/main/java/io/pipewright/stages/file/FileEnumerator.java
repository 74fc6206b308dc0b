package io.pipewright.stages.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.jspecify.annotations.Nullable;

/**
 * Deals the files out to the readers, all at once when the last reader is there. A reader that comes back gets what it
 * had: the others may have ended.
 */
final class FileEnumerator implements SplitEnumerator<FileSplit, List<FileSplit>> {

    private final SplitEnumeratorContext<FileSplit> context;
    private final List<FileSplit> undealt;
    private final Map<Integer, List<FileSplit>> returned = new HashMap<>();

    FileEnumerator(SplitEnumeratorContext<FileSplit> context, List<FileSplit> undealt) {
        this.context = context;
        this.undealt = new ArrayList<>(undealt);
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        if (undealt.isEmpty()) {
            List<FileSplit> back = returned.remove(subtask);
            if (back != null) {
                context.assignSplits(new SplitsAssignment<>(Map.of(subtask, back)));
            }
            context.signalNoMoreSplits(subtask);
        } else if (context.registeredReaders().size() == context.currentParallelism()) {
            deal();
        }
    }

    private void deal() {
        List<Integer> readers =
                context.registeredReaders().keySet().stream().sorted().toList();
        Map<Integer, List<FileSplit>> hands = new HashMap<>();
        for (int i = 0; i < undealt.size(); i++) {
            hands.computeIfAbsent(readers.get(i % readers.size()), reader -> new ArrayList<>())
                    .add(undealt.get(i));
        }
        undealt.clear();
        context.assignSplits(new SplitsAssignment<>(hands));
        readers.forEach(context::signalNoMoreSplits);
    }

    @Override
    public void addSplitsBack(List<FileSplit> splits, int subtask) {
        if (!splits.isEmpty()) {
            returned.computeIfAbsent(subtask, reader -> new ArrayList<>()).addAll(splits);
        }
    }

    /** Readers do not ask: they are given all their files at the start. */
    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public List<FileSplit> snapshotState(long checkpointId) {
        List<FileSplit> all = new ArrayList<>(undealt);
        returned.values().forEach(all::addAll);
        return all;
    }

    @Override
    public void close() {}
}
