package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.InternalTimerServiceImpl;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * The records of an {@link EventTimeBuffer} that have no room on the heap: in keyed state, per key in buckets of one
 * second of event time.
 *
 * <p>A record is appended to its bucket without reading it, and the bucket has one timer, at its beginning or, after it
 * was looked into, at its earliest record. So neither a key with many records nor many keys make adding one dearer, and
 * what is looked into is no more than what one key has in one second.
 */
final class BufferOverflow implements Triggerable<RecordKey, Long> {

    private static final long BUCKET_MILLIS = 1_000;

    private final InternalListState<RecordKey, Long, DataRecord> buckets;
    private final InternalTimerServiceImpl<RecordKey, Long> timers;
    private final Reader reader;

    /** What looks into a bucket whose time has come. */
    @FunctionalInterface
    interface Reader {

        /**
         * Takes what is due of a bucket of the operator's current key, and returns what stays in it.
         *
         * @throws Exception what the stage threw
         */
        List<DataRecord> read(RecordKey key, List<DataRecord> entries) throws Exception;
    }

    BufferOverflow(AbstractStreamOperator<?> operator, String name, BufferedRecords format, Reader reader)
            throws Exception {
        this.reader = reader;
        KeyedStateBackend<RecordKey> backend = operator.getKeyedStateBackend();
        buckets = buckets(backend, new ListStateDescriptor<>(name, new RecordSerializer(format.type())));
        InternalTimerService<Long> service = operator.getInternalTimerService(name, LongSerializer.INSTANCE, this);
        if (!(service instanceof InternalTimerServiceImpl)) {
            throw new IllegalStateException("Flink's timers are " + service.getClass() + ", which cannot be advanced"
                    + " before those of the operator.");
        }
        @SuppressWarnings("unchecked") // of the key and the namespace that it was made for
        InternalTimerServiceImpl<RecordKey, Long> own = (InternalTimerServiceImpl<RecordKey, Long>) service;
        timers = own;
    }

    @SuppressWarnings("unchecked") // every backend's list state is an internal one
    private static InternalListState<RecordKey, Long, DataRecord> buckets(
            KeyedStateBackend<RecordKey> backend, ListStateDescriptor<DataRecord> descriptor) throws Exception {
        return (InternalListState<RecordKey, Long, DataRecord>)
                backend.getOrCreateKeyedState(LongSerializer.INSTANCE, descriptor);
    }

    /** Whether there are no records; takes long where there are many. */
    boolean isEmpty() {
        return timers.numEventTimeTimers() == 0;
    }

    /** Adds an entry of the current key. */
    void add(DataRecord entry) throws Exception {
        long time = BufferedRecords.time(entry);
        long begin = time - Math.floorMod(time, BUCKET_MILLIS);
        long bucket = begin > time ? Long.MIN_VALUE : begin;
        buckets.setCurrentNamespace(bucket);
        buckets.add(entry);
        timers.registerEventTimeTimer(bucket, bucket);
    }

    /**
     * Has every bucket looked into that may hold something due, in the order of their times. The timers are a service of
     * their own, which is advanced here, so that the operator's own timers find all of it done.
     */
    void advance(long watermark) throws Exception {
        timers.advanceWatermark(watermark);
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, Long> timer) throws Exception {
        Long bucket = timer.getNamespace();
        buckets.setCurrentNamespace(bucket);
        Iterable<DataRecord> stored = buckets.get();
        if (stored == null) {
            return; // an earlier timer of the bucket emptied it
        }
        List<DataRecord> entries = new ArrayList<>();
        stored.forEach(entries::add);
        List<DataRecord> rest = reader.read(timer.getKey(), entries);
        buckets.setCurrentNamespace(bucket);
        if (rest.isEmpty()) {
            buckets.clear();
            return;
        }
        if (rest.size() < entries.size()) {
            buckets.update(rest);
        }
        long next = Long.MAX_VALUE;
        for (DataRecord entry : rest) {
            next = Math.min(next, BufferedRecords.time(entry));
        }
        timers.registerEventTimeTimer(bucket, next);
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, Long> timer) {
        throw new IllegalStateException("A buffer has no processing time.");
    }
}
