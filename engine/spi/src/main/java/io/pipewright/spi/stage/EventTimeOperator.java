package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.InternalTimeServiceManager;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * An operator that acts on watermarks: it knows what is late, also after a restore, and sends late records to their port.
 */
public abstract class EventTimeOperator extends ReportingOperator {

    private static final long serialVersionUID = 1L;

    private final @Nullable OutputTag<DataRecord> late;

    @SuppressWarnings("NullAway.Init") // set in initializeState
    private transient Lateness lateness;

    private transient boolean restored;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient Counter lateRecords;

    /** An operator of a stage; without {@code late} its late records are counted and dropped. */
    protected EventTimeOperator(Failures failures, OutputTag<DataRecord> errors, @Nullable OutputTag<DataRecord> late) {
        super(failures, errors);
        this.late = late;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lateness = Lateness.restore(context.getOperatorStateStore());
        restored = context.isRestored();
    }

    /** Whether the job went on from a checkpoint or savepoint: then records from state may lack fields. */
    protected final boolean isRestored() {
        return restored;
    }

    @Override
    public void open() throws Exception {
        super.open();
        lateRecords = getMetricGroup().counter("lateRecords");
    }

    /**
     * The key of a record of an input, for an operator that says in {@code hasKeyContext1} and {@code hasKeyContext2} that
     * it needs no current key before a record is processed: most records only begin to wait then.
     *
     * @param selector of that input, from {@code getStateKeySelector1} or {@code getStateKeySelector2}
     * @throws Exception what the selector throws
     */
    @SuppressWarnings("unchecked") // all streams of stages are keyed by the fields of records
    protected static RecordKey key(KeySelector<?, ?> selector, DataRecord record) throws Exception {
        return ((KeySelector<DataRecord, RecordKey>) selector).getKey(record);
    }

    /** What has been decided already. */
    protected final Lateness lateness() {
        return lateness;
    }

    /** Counts a late record; true if somebody reads what {@link #emitLate} then sends. */
    protected final boolean countLate() {
        lateRecords.inc();
        return late != null;
    }

    /** Sends a record to the late port. */
    protected final void emitLate(DataRecord record, long time) {
        if (late != null) {
            output.collect(late, new StreamRecord<>(record, time));
        }
    }

    /**
     * How far, in milliseconds, the watermarks that leave stay behind those that come. Not 0 for an operator that emits
     * records which are that much older than what it has decided; they would be late for those who read them.
     */
    protected long watermarkDelay() {
        return 0;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        lateness.advance(mark.getTimestamp());
        if (watermarkDelay() == 0 || mark.getTimestamp() == Long.MAX_VALUE) {
            super.processWatermark(mark);
            return;
        }
        InternalTimeServiceManager<?> timers = getTimeServiceManager().orElse(null);
        if (timers != null) {
            timers.advanceWatermark(mark);
        }
        long earliest = Long.MIN_VALUE + watermarkDelay();
        output.emitWatermark(new Watermark(Math.max(mark.getTimestamp(), earliest) - watermarkDelay()));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        lateness.snapshot();
    }
}
