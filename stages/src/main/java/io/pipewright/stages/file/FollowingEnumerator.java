package io.pipewright.stages.file;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Looks for files every so often, deals each new one to a reader, and tells the readers what has changed.
 *
 * <p>Its checkpoint holds which files readers have. Flink sees to it that what was dealt or told before a checkpoint
 * reaches the readers before their part of it, so that none is forgotten and none dealt twice.
 */
final class FollowingEnumerator implements SplitEnumerator<FollowedFile, Set<String>> {

    /** While a file is renamed, a look may see neither of its names. */
    private static final int LOOKS_UNTIL_GONE = 3;

    private final FilePattern pattern;
    private final Duration pollEvery;
    private final SplitEnumeratorContext<FollowedFile> context;
    private final Set<String> dealt;
    private final Map<String, FoundFile> found = new LinkedHashMap<>();
    private final Map<String, Integer> missed = new HashMap<>();
    private volatile int packed;

    FollowingEnumerator(
            FilePattern pattern, Duration pollEvery, SplitEnumeratorContext<FollowedFile> context, Set<String> dealt) {
        this.pattern = pattern;
        this.pollEvery = pollEvery;
        this.context = context;
        this.dealt = new LinkedHashSet<>(dealt);
    }

    @Override
    public void start() {
        context.metricGroup().gauge("packedFiles", () -> packed);
        context.callAsync(() -> FoundFile.all(pattern), this::looked, 0, pollEvery.toMillis());
    }

    private void looked(Optional<Collection<FoundFile>> look, @Nullable Throwable failure) {
        if (failure != null) {
            throw new FlinkRuntimeException("`" + pattern.text() + "` cannot be read.", failure);
        }
        look.ifPresent(this::compare);
    }

    private void compare(Collection<FoundFile> files) {
        List<FoundFile> changed = new ArrayList<>();
        Set<String> present = new HashSet<>();
        int packedNow = 0;
        for (FoundFile file : files) {
            if (file.isPacked()) {
                packedNow++;
            } else {
                present.add(file.key());
                if (!file.equals(found.put(file.key(), file))) {
                    changed.add(file);
                }
            }
        }
        packed = packedNow;
        List<String> gone = forget(present);
        deal();
        if (!changed.isEmpty() || !gone.isEmpty()) {
            FilesChanged event = new FilesChanged(changed, gone);
            context.registeredReaders().keySet().forEach(reader -> tell(reader, event));
        }
    }

    private List<String> forget(Set<String> present) {
        missed.keySet().removeAll(present);
        Set<String> absent = new LinkedHashSet<>(found.keySet());
        absent.addAll(dealt);
        absent.removeAll(present);
        List<String> gone = new ArrayList<>();
        for (String key : absent) {
            if (missed.merge(key, 1, Integer::sum) >= LOOKS_UNTIL_GONE) {
                missed.remove(key);
                found.remove(key);
                dealt.remove(key);
                gone.add(key);
            }
        }
        return gone;
    }

    /** Gives files that no reader has to the reader of their key, if it is there. Empty ones hold nothing back yet. */
    private void deal() {
        Map<Integer, List<FollowedFile>> shares = new TreeMap<>();
        for (FoundFile file : found.values()) {
            int reader = Math.floorMod(file.key().hashCode(), context.currentParallelism());
            if (file.size() > 0 && context.registeredReaders().containsKey(reader) && dealt.add(file.key())) {
                shares.computeIfAbsent(reader, any -> new ArrayList<>()).add(FollowedFile.of(file));
            }
        }
        if (!shares.isEmpty()) {
            context.assignSplits(new SplitsAssignment<>(shares));
        }
    }

    private void tell(int reader, SourceEvent event) {
        context.sendEventToSourceReader(reader, event);
    }

    /** A reader that comes may have files from a checkpoint, and does not know what has become of them since. */
    @Override
    public void addReader(int subtask) {
        deal();
        tell(subtask, new FilesDealt(Set.copyOf(dealt)));
        tell(subtask, new FilesChanged(List.copyOf(found.values()), List.of()));
    }

    /** They are dealt again when the reader comes back: nothing of them is in a checkpoint. */
    @Override
    public void addSplitsBack(List<FollowedFile> splits, int subtask) {
        splits.forEach(split -> dealt.remove(split.key()));
    }

    /** Readers do not ask: they are given files when these are found. */
    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public Set<String> snapshotState(long checkpointId) {
        return Set.copyOf(dealt);
    }

    @Override
    public void close() {}
}
