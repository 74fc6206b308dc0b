package io.pipewright.stages.generate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives each reader its part of the numbers when it comes. A reader that comes back gets what it had: the others may
 * have ended.
 */
final class NumbersEnumerator implements SplitEnumerator<Numbers, List<Numbers>> {

    private final SplitEnumeratorContext<Numbers> context;
    private final Map<Integer, List<Numbers>> waiting = new TreeMap<>();

    /** @param unassigned those that no reader has */
    NumbersEnumerator(SplitEnumeratorContext<Numbers> context, List<Numbers> unassigned) {
        this.context = context;
        unassigned.forEach(
                numbers -> of(numbers.index() % context.currentParallelism()).add(numbers));
    }

    /** All numbers, in as many parts as there are readers at the first start. */
    static List<Numbers> all(int parts) {
        List<Numbers> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            all.add(new Numbers(i, parts, i));
        }
        return all;
    }

    private List<Numbers> of(int subtask) {
        return waiting.computeIfAbsent(subtask, reader -> new ArrayList<>());
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
        List<Numbers> own = waiting.remove(subtask);
        if (own != null) {
            context.assignSplits(new SplitsAssignment<>(Map.of(subtask, own)));
        }
        context.signalNoMoreSplits(subtask);
    }

    @Override
    public void addSplitsBack(List<Numbers> numbers, int subtask) {
        of(subtask).addAll(numbers);
    }

    /** Readers do not ask: they are given all that is theirs when they come. */
    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {}

    @Override
    public List<Numbers> snapshotState(long checkpointId) {
        List<Numbers> all = new ArrayList<>();
        waiting.values().forEach(all::addAll);
        return all;
    }

    @Override
    public void close() {}

    /** Writes what no reader has. */
    static final class Serializer implements SimpleVersionedSerializer<List<Numbers>> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(List<Numbers> all) {
            ByteBuffer bytes = ByteBuffer.allocate(all.size() * Numbers.BYTES);
            all.forEach(numbers -> numbers.write(bytes));
            return bytes.array();
        }

        @Override
        public List<Numbers> deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException("The numbers of records, of version " + version + ", cannot be read.");
            }
            ByteBuffer bytes = ByteBuffer.wrap(serialized);
            List<Numbers> all = new ArrayList<>();
            while (bytes.hasRemaining()) {
                all.add(Numbers.read(bytes));
            }
            return all;
        }
    }
}
