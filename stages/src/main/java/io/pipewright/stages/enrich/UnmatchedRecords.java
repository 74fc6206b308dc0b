package io.pipewright.stages.enrich;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;

/**
 * Records that wait for a first one of the other input, by key, in the order in which they began to wait; each with a
 * timer that ends it.
 *
 * <p>A timer fires when everything up to its time has been handed out, so that what comes at the very end of the wait is
 * in time.
 */
final class UnmatchedRecords implements Triggerable<RecordKey, VoidNamespace> {

    private final ListState<DataRecord> state;
    private final InternalTimerService<VoidNamespace> timers;
    private final long waitUpTo;
    private final Missed missed;

    /** A record of the current key, and its time in milliseconds. */
    record Waiting(long time, DataRecord record) {}

    /** What becomes of a record that has waited in vain; the current key is the record's. */
    @FunctionalInterface
    interface Missed {
        void accept(long time, DataRecord record);
    }

    /**
     * To be made in the operator's {@code open}.
     *
     * @param operator keyed by {@link RecordKey}
     * @param type what the records hold
     * @param waitUpTo in milliseconds
     */
    UnmatchedRecords(AbstractStreamOperator<?> operator, RecordType type, long waitUpTo, Missed missed) {
        RecordType stored =
                RecordType.of(EnrichPlan.UNMATCHED, Field.of("time", Scalar.LONG), Field.of("record", type));
        this.state = operator.getRuntimeContext()
                .getListState(new ListStateDescriptor<>(EnrichPlan.UNMATCHED, new RecordSerializer(stored)));
        this.timers = operator.getInternalTimerService(EnrichPlan.UNMATCHED, VoidNamespaceSerializer.INSTANCE, this);
        this.waitUpTo = waitUpTo;
        this.missed = missed;
    }

    /** The last moment at which the other input may bring something for a record of this time. */
    long deadline(long time) {
        return time > Long.MAX_VALUE - waitUpTo ? Long.MAX_VALUE : time + waitUpTo;
    }

    void add(long time, DataRecord record) throws Exception {
        state.add(DataRecord.of(time, record));
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, deadline(time));
    }

    /** What waits under the current key, which then waits no more; its timers find nothing. */
    List<Waiting> removeAll() throws Exception {
        List<Waiting> all = new ArrayList<>();
        for (DataRecord stored : state.get()) {
            all.add(new Waiting(
                    (Long) Objects.requireNonNull(stored.get(0)), (DataRecord) Objects.requireNonNull(stored.get(1))));
        }
        state.clear();
        return all;
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, VoidNamespace> timer) throws Exception {
        for (Waiting each : removeAll()) {
            if (deadline(each.time) <= timer.getTimestamp()) {
                missed.accept(each.time, each.record);
            } else {
                state.add(DataRecord.of(each.time, each.record));
            }
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, VoidNamespace> timer) {
        throw new IllegalStateException("Nothing is missed in processing time.");
    }
}
