package io.pipewright.stages.window;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.stage.EventTimeOperator;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** What operators of windows share: accumulating records into panes, and sending a window's row. */
abstract class WindowOperator extends EventTimeOperator {

    private static final long serialVersionUID = 1L;

    static final int FIRINGS = 0;

    final WindowPlan plan;
    final Layouts layouts;

    @SuppressWarnings("NullAway.Init")
    private transient CallAccumulator[] calls;

    @SuppressWarnings("NullAway.Init")
    private transient PaneRow row;

    @SuppressWarnings("NullAway.Init")
    private transient KeptValues values;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower lateRecord;

    /** The watermark that those behind have been told. */
    private transient long told;

    private transient int latest;

    WindowOperator(
            WindowPlan plan,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(failures, errors, late);
        this.plan = plan;
        this.layouts = layouts;
    }

    /** What the records hold that come in, are emitted and are late. */
    record Layouts(RecordType input, RecordType row, RecordType late) implements Serializable {}

    @Override
    public void open() throws Exception {
        super.open();
        lateRecord = Narrowing.none(plan.input()).bind(layouts.input, layouts.late);
        PaneLayout layout = plan.pane();
        Map<String, CallAccumulator> byName = CallAccumulator.of(layout, Scope.of(layouts.input));
        calls = byName.values().toArray(CallAccumulator[]::new);
        values = new KeptValues(layout, Scope.of(layouts.input));
        row = new PaneRow(plan, layouts.row, byName);
        latest = layout.latest();
        told = lateness().watermark();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        super.processWatermark(mark);
        told = mark.getTimestamp();
    }

    /** The last moment, in event time, at which something still changes what is decided at another one. */
    final long lastChange(long decided) {
        return decided + plan.allowedLateness() < decided ? Long.MAX_VALUE : decided + plan.allowedLateness();
    }

    /** When, after this moment and after the watermark, a window that has changed sends its row before it ends. */
    final long nextEarly(long moment) {
        long later = Math.max(moment, lateness().watermark() + 1);
        return (Math.floorDiv(later, plan.emitEvery()) + 1) * plan.emitEvery() - 1;
    }

    final void late(StreamRecord<DataRecord> element) {
        late(element.getValue(), element.getTimestamp());
    }

    final void late(DataRecord record, long time) {
        if (countLate()) {
            emitLate(lateRecord.narrow(record), time);
        }
    }

    /** @throws EvaluationException if a call has no value; the pane is then of no use */
    final void add(DataRecord record, long time, @Nullable Object[] pane) {
        for (CallAccumulator call : calls) {
            call.add(record, time, pane);
        }
    }

    /** What is kept of records besides panes, for calls that need every value. */
    final KeptValues values() {
        return values;
    }

    /** @throws EvaluationException if a sum has no room; the pane is then of no use */
    final void merge(@Nullable Object[] other, @Nullable Object[] pane) {
        for (CallAccumulator call : calls) {
            call.merge(other, pane);
        }
    }

    /** The first fields of a record from state or a partial, to be changed. */
    static @Nullable Object[] copyOf(@Nullable DataRecord record, int from, int size) {
        @Nullable Object[] values = new Object[size];
        for (int i = 0; record != null && i < size; i++) {
            values[i] = record.get(from + i);
        }
        return values;
    }

    /** Sends the row of a window; one more time is counted in the pane. */
    final void fire(TimeWindow window, @Nullable Object[] pane, List<DataRecord> kept) {
        pane[FIRINGS] = pane[FIRINGS] instanceof Long firings ? firings + 1 : 1L;
        RecordKey key = (RecordKey) getCurrentKey();
        long time = timeOfRow(window, pane);
        try {
            output.collect(new StreamRecord<>(row.of(key, window, new DataRecord(pane, null), kept), time));
        } catch (EvaluationException failure) {
            fail(failure, time, plan.window(), describe(key, window));
        }
    }

    /** A window that never ends tells of its last record, at a moment that is not late for those behind. */
    private long timeOfRow(TimeWindow window, @Nullable Object[] pane) {
        if (plan.cut().bounded()) {
            return window.maxTimestamp();
        }
        return pane[latest] instanceof Long time ? Math.max(time, told + 1) : told + 1;
    }

    final void fail(EvaluationException failure, TimeWindow window) {
        fail(failure, window.maxTimestamp(), plan.window(), describe((RecordKey) getCurrentKey(), window));
    }

    private DataRecord describe(RecordKey key, TimeWindow window) {
        int keys = plan.keys().size();
        @Nullable Object[] values = new Object[plan.window().size()];
        for (int i = 0; i < keys; i++) {
            values[i] = key.get(i);
        }
        if (plan.cut().bounded()) {
            values[keys] = Instant.ofEpochMilli(window.getStart());
            values[keys + 1] = Instant.ofEpochMilli(window.getEnd());
        }
        return new DataRecord(values, null);
    }
}
