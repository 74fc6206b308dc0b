package io.pipewright.flink.source;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.type.RecordType;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Chained to a source: records go on with their event time, failures go to {@code errors} by the source's policy.
 *
 * <p>A record without a time, where the author asked for the current watermark, gets the first moment that is not late:
 * the watermark and 1 ms. Before the first watermark there is no such moment, and the record is a failure ({@code
 * no-event-time}).
 *
 * <p>It also keeps the pipeline's manifest in its state, once per job: the text that says what was running when a
 * savepoint was made.
 */
final class SplitterOperator extends AbstractStreamOperator<DataRecord>
        implements OneInputStreamOperator<SourceElement, DataRecord> {

    /** The name of the state that holds the manifest; frozen. */
    static final String MANIFEST_STATE = "manifest";

    private static final long serialVersionUID = 1L;

    private final RecordType type;
    private final EventTime.@Nullable Missing missing;
    private final boolean timed;
    private final Failures failures;
    private final OutputTag<DataRecord> errors;
    private final String manifest;

    private transient @Nullable ListState<String> manifestState;
    private transient long currentWatermark;
    private transient StreamRecord<DataRecord> reused = new StreamRecord<>(null);
    private transient Consumer<DataRecord> toErrors = failure -> {};

    SplitterOperator(
            RecordType type,
            @Nullable EventTime eventTime,
            Failures failures,
            OutputTag<DataRecord> errors,
            String manifest) {
        this.type = type;
        this.timed = eventTime != null;
        this.missing = eventTime == null ? null : eventTime.missing();
        this.failures = failures;
        this.errors = errors;
        this.manifest = manifest;
        this.chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        manifestState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>(MANIFEST_STATE, StringSerializer.INSTANCE));
    }

    @Override
    public void open() throws Exception {
        super.open();
        currentWatermark = Long.MIN_VALUE;
        failures.open(getMetricGroup());
        reused = new StreamRecord<>(null);
        toErrors = failure -> output.collect(errors, new StreamRecord<>(failure));
    }

    @Override
    public void processElement(StreamRecord<SourceElement> record) {
        SourceElement element = record.getValue();
        if (element.failed()) {
            failures.report(element.record(), toErrors);
        } else if (element.eventTime() != SourceElement.NO_TIME) {
            output.collect(reused.replace(element.record(), element.eventTime()));
        } else if (timed && missing == EventTime.Missing.CURRENT_WATERMARK) {
            atWatermark(element.record());
        } else {
            reused.replace(element.record());
            reused.eraseTimestamp();
            output.collect(reused);
        }
    }

    private void atWatermark(DataRecord record) {
        long watermark = currentWatermark;
        if (watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE) {
            String reason = "The record has no time, and there is no watermark yet to give it one.";
            failures.report("no-event-time", reason, null, type, record, toErrors);
            return;
        }
        output.collect(reused.replace(record, watermark + 1));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        currentWatermark = mark.getTimestamp();
        super.processWatermark(mark);
    }

    /**
     * Sends the final watermark once more. Flink drops it behind a source that is idle when the job is drained, and with
     * it every window that is still open; being the last there is, it does no harm where it has already passed.
     */
    @Override
    public void finish() throws Exception {
        super.finish();
        if (currentWatermark != Long.MAX_VALUE) {
            output.emitWatermarkStatus(WatermarkStatus.ACTIVE);
            processWatermark(Watermark.MAX_WATERMARK);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (manifestState != null) {
            manifestState.clear();
            if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
                manifestState.add(manifest);
            }
        }
    }
}
