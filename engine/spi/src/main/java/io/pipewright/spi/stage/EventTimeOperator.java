package io.pipewright.spi.stage;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * An operator that acts on watermarks: it knows what is late, also after a restore, and sends late records and failures
 * to their ports.
 */
public abstract class EventTimeOperator extends AbstractStreamOperator<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final Failures failures;
    private final OutputTag<DataRecord> errors;
    private final @Nullable OutputTag<DataRecord> late;

    @SuppressWarnings("NullAway.Init") // set in initializeState
    private transient Lateness lateness;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient Counter lateRecords;

    /** An operator of a stage; without {@code late} its late records are counted and dropped. */
    protected EventTimeOperator(Failures failures, OutputTag<DataRecord> errors, @Nullable OutputTag<DataRecord> late) {
        this.failures = failures;
        this.errors = errors;
        this.late = late;
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lateness = Lateness.restore(context.getOperatorStateStore());
    }

    @Override
    public void open() throws Exception {
        super.open();
        failures.open(getMetricGroup());
        lateRecords = getMetricGroup().counter("lateRecords");
    }

    /** What has been decided already. */
    protected final Lateness lateness() {
        return lateness;
    }

    /** The stage's id. */
    protected final String stage() {
        return failures.stage();
    }

    /** Whether the record has an event time; one that has none is reported. */
    protected final boolean hasTime(StreamRecord<DataRecord> element, RecordType type) {
        if (!element.hasTimestamp()) {
            failures.report(
                    "no-event-time",
                    "The record has no event time.",
                    null,
                    type,
                    element.getValue(),
                    failed -> output.collect(errors, new StreamRecord<>(failed)));
        }
        return element.hasTimestamp();
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

    /** Reports a record for which an expression has no value. */
    protected final void fail(EvaluationException failure, long time, RecordType type, DataRecord record) {
        fail(failure.code(), failure.reason(), time, type, record);
    }

    /** Reports a record that cannot be processed. */
    protected final void fail(String code, String reason, long time, RecordType type, DataRecord record) {
        failures.report(
                code, reason, time, type, record, failed -> output.collect(errors, new StreamRecord<>(failed, time)));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        lateness.advance(mark.getTimestamp());
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        lateness.snapshot();
    }
}
