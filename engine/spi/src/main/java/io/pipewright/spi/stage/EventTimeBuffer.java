package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.jspecify.annotations.Nullable;

/**
 * The records of a keyed operator that wait for the watermark: added in any order, handed out in the order of their
 * times.
 *
 * <p>The records of one key are handed out by time; at one time by channel; in one channel as they arrived. Over all
 * keys the order is the same as long as all that wait has room on the heap; after that only the order within a key is
 * promised.
 *
 * <p>On the heap a record costs neither a timer nor an access to state. A checkpoint writes what waits to keyed state
 * ({@link #snapshot}), where it lies until the next one, whatever was handed out meanwhile: a restore begins with the
 * state as a checkpoint left it. So it is rescaled with the keys, and evolves by field name. The names of state and
 * timers are derived from the buffer's name.
 *
 * <p>It is bounded: records beyond its capacity go to keyed state at once, and come back when they are due or when there
 * is room. Then the heap holds no more than the capacity and what one key has in one second of event time.
 *
 * <p>To be made in the operator's {@code open}; {@link #drain} comes before {@code super.processWatermark}, so that
 * timers of the operator find everything handed out that was due before them. It is one file because records move between
 * heap and state in most of its methods.
 */
public final class EventTimeBuffer {

    /**
     * How many records wait on the heap, if nothing else is said: 2^18, for each subtask of an operator. With few fields
     * they take some 100 MB. It is what a stream of 100,000 a second per subtask brings in an out-of-orderness of 2 s, or
     * what comes between two watermarks, 200 ms apart, when a job reads a backlog at a million a second.
     */
    public static final int CAPACITY = 1 << 18;

    /** How many records are fetched from memory at once: about as many as a processor waits for at the same time. */
    private static final int FETCHED = 16;

    private final AbstractStreamOperator<?> operator;
    private final BufferedRecords format;
    private final int capacity;
    private final WaitingRecords heap = new WaitingRecords();
    private final BufferOverflow overflow;
    private final ListState<DataRecord> image;
    private final ListState<Long> arrivals;
    private Set<RecordKey> imaged = new HashSet<>();
    private long nextArrival;

    // While it is drained:
    private long watermark;
    private int due;
    private int fetched; // the sum of what was fetched, so that fetching cannot be left out
    private @Nullable Consumer consumer;
    private @Nullable RecordKey current;
    private @Nullable Map<RecordKey, Deque<Integer>> dueByKey;

    /**
     * One kind of records that wait; of two that have the same time, the one of the earlier channel comes first.
     *
     * @param name of a field in state; neither {@code time} nor {@code arrival}
     */
    public record Channel(String name, RecordType type) {}

    /** What becomes of a record that is due. */
    @FunctionalInterface
    public interface Consumer {

        /**
         * Takes a record; the operator's current key is the record's. It must not add to the buffer.
         *
         * @param channel the number of its channel, from 0
         * @throws Exception to fail the job
         */
        void accept(int channel, long time, DataRecord record) throws Exception;
    }

    /**
     * A buffer with what waited in it before a restore.
     *
     * @param operator keyed by {@link RecordKey}
     * @throws Exception if state cannot be read
     */
    public static EventTimeBuffer open(AbstractStreamOperator<?> operator, String name, List<Channel> channels)
            throws Exception {
        return open(operator, name, channels, CAPACITY);
    }

    /** The same with another capacity. */
    public static EventTimeBuffer open(
            AbstractStreamOperator<?> operator, String name, List<Channel> channels, int capacity) throws Exception {
        EventTimeBuffer buffer = new EventTimeBuffer(operator, name, channels, capacity);
        buffer.restore(name);
        return buffer;
    }

    private EventTimeBuffer(AbstractStreamOperator<?> operator, String name, List<Channel> channels, int capacity)
            throws Exception {
        this.operator = operator;
        this.capacity = capacity;
        this.format = new BufferedRecords(channels);
        this.overflow = new BufferOverflow(operator, name + "-overflow", format, this::read);
        this.image = operator.<RecordKey>getKeyedStateBackend()
                .getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, imageOf(name));
        this.arrivals = operator.getOperatorStateBackend()
                .getUnionListState(new ListStateDescriptor<>(name + "-arrivals", LongSerializer.INSTANCE));
    }

    private ListStateDescriptor<DataRecord> imageOf(String name) {
        return new ListStateDescriptor<>(name, new RecordSerializer(format.type()));
    }

    private void restore(String name) throws Exception {
        for (long reached : arrivals.get()) {
            nextArrival = Math.max(nextArrival, reached);
        }
        KeyedStateBackend<RecordKey> backend = operator.getKeyedStateBackend();
        backend.applyToAllKeys(
                VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, imageOf(name), (key, entries) -> {
                    imaged.add(key);
                    for (DataRecord entry : entries.get()) {
                        put(key, entry);
                    }
                });
        heap.arrivalsAreMixed();
    }

    /** Whether nothing waits, as when it has just been made, unless something waited before a restore. */
    public boolean isEmpty() {
        return heap.size() == 0 && overflow.isEmpty();
    }

    /** How many records wait on the heap. */
    int onHeap() {
        return heap.size();
    }

    private void put(RecordKey key, DataRecord entry) throws Exception {
        if (heap.size() < capacity) {
            heap.add(
                    BufferedRecords.channel(entry),
                    BufferedRecords.time(entry),
                    BufferedRecords.arrival(entry),
                    key,
                    BufferedRecords.record(entry));
        } else {
            overflow.add(entry);
        }
    }

    /**
     * Adds a record. The operator's current key need not be set for it, and may be another one afterwards.
     *
     * @param channel the number of its channel, from 0
     * @throws Exception if there is no room on the heap and the state cannot be written
     */
    public void add(int channel, long time, RecordKey key, DataRecord record) throws Exception {
        if (heap.size() < capacity) {
            key.hashCode(); // is kept by the key, and costs least while its values are at hand
            heap.add(channel, time, nextArrival++, key, record);
        } else {
            operator.setCurrentKey(key);
            overflow.add(format.of(channel, time, nextArrival++, record));
        }
    }

    /**
     * Hands out what is not after the watermark.
     *
     * @throws Exception what the consumer threw, or if state cannot be read
     */
    public void drain(long upTo, Consumer to) throws Exception {
        watermark = upTo;
        consumer = to;
        current = null;
        due = heap.select(upTo);
        overflow.advance(upTo);
        for (int i = 0; i < due; i++) {
            if (i % FETCHED == 0) {
                fetched += heap.fetch(i, Math.min(i + FETCHED, due));
            }
            handOut(heap.due(i), to);
        }
        if (due > 0) {
            heap.closeUp();
        }
        due = 0;
        dueByKey = null;
        consumer = null;
    }

    private void handOut(int position, Consumer to) throws Exception {
        DataRecord record = heap.record(position);
        if (record == null) {
            return; // it was handed out among those of its key that had overflowed
        }
        RecordKey key = heap.key(position);
        if (!key.equals(current)) {
            operator.setCurrentKey(key);
            current = key;
        }
        long time = heap.time(position);
        int channel = heap.channel(position);
        heap.take(position);
        to.accept(channel, time, record);
    }

    /** Hands out what is due of a bucket of the current key, each after those on the heap that come before it. */
    private List<DataRecord> read(RecordKey key, List<DataRecord> entries) throws Exception {
        Consumer to = consumer;
        if (to == null) {
            throw new IllegalStateException("The buffer is drained before the operator's timers fire.");
        }
        current = key;
        List<DataRecord> later = new ArrayList<>();
        List<DataRecord> now = new ArrayList<>();
        entries.forEach(entry -> (BufferedRecords.time(entry) <= watermark ? now : later).add(entry));
        now.sort(BufferedRecords.ORDER);
        Deque<Integer> onHeap = dueOnHeap().getOrDefault(key, new ArrayDeque<>());
        for (DataRecord entry : now) {
            while (!onHeap.isEmpty() && isBefore(onHeap.element(), entry)) {
                handOut(onHeap.remove(), to);
            }
            to.accept(BufferedRecords.channel(entry), BufferedRecords.time(entry), BufferedRecords.record(entry));
        }
        if (later.size() > capacity - heap.size()) {
            return later;
        }
        for (DataRecord entry : later) {
            put(key, entry);
        }
        heap.arrivalsAreMixed();
        return List.of();
    }

    private Map<RecordKey, Deque<Integer>> dueOnHeap() {
        Map<RecordKey, Deque<Integer>> known = dueByKey;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < due; i++) {
                int position = heap.due(i);
                known.computeIfAbsent(heap.key(position), key -> new ArrayDeque<>())
                        .add(position);
            }
            dueByKey = known;
        }
        return known;
    }

    private boolean isBefore(int position, DataRecord entry) {
        int order = Long.compare(heap.time(position), BufferedRecords.time(entry));
        if (order == 0) {
            order = Integer.compare(heap.channel(position), BufferedRecords.channel(entry));
        }
        return order < 0 || order == 0 && heap.arrival(position) < BufferedRecords.arrival(entry);
    }

    /**
     * Writes what waits to state; to be called in the operator's {@code snapshotState}. The current key is another one
     * afterwards.
     *
     * @throws Exception if the state cannot be written
     */
    public void snapshot() throws Exception {
        Map<RecordKey, List<DataRecord>> waiting = new LinkedHashMap<>();
        int size = heap.inOrderOfArrival();
        for (int i = 0; i < size; i++) {
            DataRecord record = heap.record(i);
            if (record != null) {
                waiting.computeIfAbsent(heap.key(i), key -> new ArrayList<>(2))
                        .add(format.of(heap.channel(i), heap.time(i), heap.arrival(i), record));
            }
        }
        for (RecordKey key : imaged) {
            if (!waiting.containsKey(key)) {
                operator.setCurrentKey(key);
                image.clear();
            }
        }
        for (Map.Entry<RecordKey, List<DataRecord>> each : waiting.entrySet()) {
            operator.setCurrentKey(each.getKey());
            image.update(each.getValue());
        }
        imaged = new HashSet<>(waiting.keySet());
        arrivals.update(List.of(nextArrival));
    }
}
