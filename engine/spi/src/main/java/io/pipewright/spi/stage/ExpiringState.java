package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.jspecify.annotations.Nullable;

/**
 * What a keyed operator remembers of each key: one record, forgotten when so much event time has passed since its last
 * update.
 *
 * <p>State is one value per key, with one timer. The timer moves on if the entry was updated since, and ends where
 * nothing expires any more. So an entry may still be there for a while after its time: whoever reads it compares with
 * {@link #expiry}. The end of the stream is no time at which anything expires; a key that is not updated after a job was
 * drained and went on is then remembered for good.
 *
 * <p>The names of state and timers are the given one. Records evolve by field name.
 */
public final class ExpiringState implements Triggerable<RecordKey, VoidNamespace> {

    /** The time to live of what is never forgotten. */
    public static final long FOR_GOOD = Long.MAX_VALUE;

    private final ValueState<DataRecord> state;
    private final InternalTimerService<VoidNamespace> timers;
    private final long ttl;
    private final Expired expired;

    /** An entry of the current key: when it was last updated, in milliseconds, and what is remembered. */
    public static final class Entry {

        private final long time;
        private final DataRecord record;
        private final @Nullable Long timer;

        private Entry(DataRecord stored) {
            time = (Long) value(stored, 0);
            record = (DataRecord) value(stored, 1);
            timer = (Long) stored.get(2);
        }

        private static Object value(DataRecord stored, int position) {
            Object value = stored.get(position);
            if (value == null) {
                throw new IllegalStateException("An entry lacks its time or its values.");
            }
            return value;
        }

        public long time() {
            return time;
        }

        public DataRecord record() {
            return record;
        }
    }

    /** What becomes of an entry that is about to be forgotten; the current key is the entry's. */
    @FunctionalInterface
    public interface Expired {

        /**
         * Takes the entry.
         *
         * @param time at which it expires; the watermark has reached it, and has not left the operator yet
         * @throws Exception to fail the job
         */
        void accept(long time, DataRecord record) throws Exception;
    }

    /**
     * To be called in the operator's {@code open}.
     *
     * @param operator keyed by {@link RecordKey}
     * @param ttl in milliseconds, or {@link #FOR_GOOD}
     */
    public static ExpiringState open(
            AbstractStreamOperator<?> operator, String name, RecordType type, long ttl, Expired expired) {
        return new ExpiringState(operator, name, type, ttl, expired);
    }

    private ExpiringState(AbstractStreamOperator<?> operator, String name, RecordType type, long ttl, Expired expired) {
        this.state = operator.getRuntimeContext()
                .getState(new ValueStateDescriptor<>(name, new RecordSerializer(stored(name, type))));
        this.timers = operator.getInternalTimerService(name, VoidNamespaceSerializer.INSTANCE, this);
        this.ttl = ttl;
        this.expired = expired;
    }

    /** The structure of the state, for {@link StagePlan#stateSignature}. */
    public static RecordType stored(String name, RecordType type) {
        return RecordType.of(
                name,
                Field.of("time", Scalar.LONG),
                Field.of("record", type),
                Field.nullable("expiryTimer", Scalar.LONG));
    }

    /**
     * The entry of the current key, which may have expired; null if nothing is remembered.
     *
     * @throws IOException if state cannot be read
     */
    public @Nullable Entry get() throws IOException {
        DataRecord stored = state.value();
        return stored == null ? null : new Entry(stored);
    }

    /**
     * Updates the entry of the current key.
     *
     * @param known what {@link #get} gives
     * @throws IOException if state cannot be written
     */
    public void put(@Nullable Entry known, long time, DataRecord record) throws IOException {
        Long timer = known == null ? null : known.timer;
        if (timer == null && ttl != FOR_GOOD) {
            timer = expiry(time);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, timer);
        }
        state.update(DataRecord.of(time, record, timer));
    }

    /** Forgets the entry of the current key at once, and tells nobody. */
    public void forget() {
        state.clear();
    }

    /** The first moment at which an entry of this time counts no more. */
    public long expiry(long time) {
        return ttl > Long.MAX_VALUE - Math.max(0, time) ? Long.MAX_VALUE : time + ttl;
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, VoidNamespace> timer) throws Exception {
        Entry entry = get();
        if (entry == null) {
            return;
        }
        long expiry = expiry(entry.time);
        if (ttl == FOR_GOOD || timers.currentWatermark() == Long.MAX_VALUE) {
            state.update(DataRecord.of(entry.time, entry.record, null));
        } else if (expiry <= timer.getTimestamp()) {
            state.clear();
            expired.accept(expiry, entry.record);
        } else {
            state.update(DataRecord.of(entry.time, entry.record, expiry));
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, expiry);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, VoidNamespace> timer) {
        throw new IllegalStateException("Nothing expires in processing time.");
    }
}
