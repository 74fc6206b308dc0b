package io.pipewright.stages.window;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.ReportingOperator;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the exchange of a {@code window} and aggregates what comes between two watermarks, so that a partial per
 * group and slice crosses the network instead of every record: few channels then cost no more than many.
 *
 * <p>It never decides what is late. A record whose window may have been decided already travels whole: one whose window
 * ends by the watermark of this subtask, or by the highest that any subtask had reached before a restore. After the input
 * has been idle all records do: meanwhile other subtasks may have taken the windows further than this one can know.
 * Partials leave before a watermark or a barrier does, at a change of idleness, and when there are too many of them; none
 * is ever in a checkpoint.
 *
 * <p>Once a sum has grown beyond 2^53, the order of its records may decide which of them overflows: from then on all travel
 * whole. Where nearly every record has a group of its own, grouping gains nothing, and they do for a while. They always do
 * for calls that need every value, or the order in which records came.
 */
final class PartialsOperator extends ReportingOperator implements OneInputStreamOperator<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    /** How many partials are held at most, of some hundred bytes each. */
    private static final int MOST_PARTIALS = 16_384;

    /** The same where they hold sketches, which may have some thousand bytes. */
    private static final int MOST_SKETCHES = 1_024;

    /** So many records tell whether grouping gains. */
    private static final int TELLING = 4_096;

    private static final int REST = 64 * TELLING;

    private final WindowPlan plan;
    private final Cut.Slices slices;
    private final RecordType input;
    private final OutputTag<DataRecord> whole;

    @SuppressWarnings("NullAway.Init")
    private transient ListState<Long> keptWatermark;

    @SuppressWarnings("NullAway.Init")
    private transient ListState<Boolean> keptWide;

    @SuppressWarnings("NullAway.Init")
    private transient RecordKeySelector groups;

    @SuppressWarnings("NullAway.Init")
    private transient CallAccumulator[] calls;

    @SuppressWarnings("NullAway.Init")
    private transient Map<TimeWindow, Map<RecordKey, @Nullable Object[]>> groupsBySlice;

    /** The groups of {@link #slice}, if there are any. */
    private transient @Nullable Map<RecordKey, @Nullable Object[]> last;

    /** The slice of the last record, which is that of most others too. */
    @SuppressWarnings("NullAway.Init")
    private transient TimeWindow slice;

    private transient boolean ungrouped;
    private transient boolean failing;
    private transient int paneSize;
    private transient long reached;
    private transient boolean ended;
    private transient int mostPartials;
    private transient int partials;
    private transient long grouped;
    private transient int resting;
    private transient boolean wasIdle;
    private transient boolean wide;

    /**
     * An operator for one plan.
     *
     * @param input the layout of the records
     * @param whole the side output of records that are not aggregated here
     */
    PartialsOperator(
            WindowPlan plan,
            Cut.Slices slices,
            RecordType input,
            OutputTag<DataRecord> whole,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(failures, errors);
        this.plan = plan;
        this.slices = slices;
        this.input = input;
        this.whole = whole;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        keptWatermark = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("watermark", LongSerializer.INSTANCE));
        reached = Long.MIN_VALUE;
        for (long each : keptWatermark.get()) {
            reached = Math.max(reached, each);
        }
        keptWide = context.getOperatorStateStore()
                .getUnionListState(new ListStateDescriptor<>("wide", BooleanSerializer.INSTANCE));
        wide = false;
        for (boolean each : keptWide.get()) {
            wide |= each;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        groups = new RecordKeySelector(
                input, plan.keys().stream().map(Field::name).toList());
        PaneLayout layout = plan.pane();
        paneSize = layout.type().size();
        calls = CallAccumulator.of(layout, Scope.of(input)).values().toArray(CallAccumulator[]::new);
        mostPartials = layout.sketchCalls().isEmpty() ? MOST_PARTIALS : MOST_SKETCHES;
        ungrouped = !layout.mergesInAnyOrder();
        failing = Arrays.stream(calls).anyMatch(CallAccumulator::mayFail);
        groupsBySlice = new HashMap<>();
        slice = new TimeWindow(0, 0);
    }

    @Override
    public void processElement(StreamRecord<DataRecord> element) {
        DataRecord record = element.getValue();
        if (!hasTime(element, input)) {
            return;
        }
        long time = element.getTimestamp();
        if (time < slice.getStart() || time >= slice.getEnd()) {
            slice = new TimeWindow(slices.startOf(time), slices.endOf(time));
            last = null;
        }
        if (travelsWhole()) {
            output.collect(whole, element);
            return;
        }
        try {
            if (!add(record, time)) {
                wide = true;
                flush();
                output.collect(whole, element);
            }
        } catch (EvaluationException failure) {
            fail(failure, time, input, record);
        }
    }

    private boolean travelsWhole() {
        if (resting > 0) {
            resting--;
            return true;
        }
        return ungrouped || wasIdle || wide || ended || slice.maxTimestamp() <= reached;
    }

    /** Whether the record was added to its partial; if not, the partial is as it was. */
    private boolean add(DataRecord record, long time) {
        Map<RecordKey, @Nullable Object[]> byGroup = last;
        if (byGroup == null) {
            byGroup = groupsBySlice.computeIfAbsent(slice, each -> new LinkedHashMap<>());
            last = byGroup;
        }
        RecordKey group = groups.getKey(record);
        @Nullable Object[] before = byGroup.get(group);
        @Nullable Object[] pane = before == null ? new Object[paneSize] : failing ? before.clone() : before;
        for (CallAccumulator call : calls) {
            call.add(record, time, pane);
        }
        for (CallAccumulator call : calls) {
            if (!call.fitsPartial(pane)) {
                return false;
            }
        }
        if (pane != before) {
            byGroup.put(group, pane);
        }
        grouped++;
        if (before == null && ++partials == mostPartials) {
            flush();
        }
        return true;
    }

    private void flush() {
        groupsBySlice.forEach((of, byGroup) -> byGroup.forEach((group, pane) -> {
            @Nullable Object[] values = new Object[group.size() + 1 + paneSize];
            group.copyTo(values, 0);
            values[group.size()] = of.getStart();
            System.arraycopy(pane, 0, values, group.size() + 1, paneSize);
            output.collect(new StreamRecord<>(new DataRecord(values, null), of.maxTimestamp()));
        }));
        groupsBySlice.clear();
        last = null;
        if (grouped >= TELLING && grouped < 2L * partials) {
            resting = REST;
        }
        grouped = 0;
        partials = 0;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        if (mark.getTimestamp() == Long.MAX_VALUE) {
            ended = true;
        } else {
            reached = Math.max(reached, mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        flush();
        wasIdle |= status.isIdle();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpoint);
    }

    /** The watermark that ends a stream is no time, and is not kept: a job may go on from a drained savepoint. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        keptWatermark.update(List.of(reached));
        keptWide.update(List.of(wide));
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }
}
