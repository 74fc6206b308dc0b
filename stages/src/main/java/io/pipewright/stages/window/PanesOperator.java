package io.pipewright.stages.window;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.stage.EventTimeOperator;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.internal.InternalValueState;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a pane per key and window, fires it when the watermark passes the window's end, and throws it away {@code
 * allowedLateness} later. A record that comes between the two changes the pane and makes it fire at once.
 *
 * <p>Not Flink's window operator: that one takes a late record for timely after a restore, and its state does not evolve
 * by name. Windows and the moment they fire are the same as there.
 */
final class PanesOperator extends EventTimeOperator
        implements TwoInputStreamOperator<DataRecord, DataRecord, DataRecord>, Triggerable<RecordKey, TimeWindow> {

    private static final long serialVersionUID = 1L;
    private static final int FIRINGS = 0;

    private final WindowPlan plan;
    private final Layouts layouts;

    @SuppressWarnings("NullAway.Init")
    private transient InternalTimerService<TimeWindow> timers;

    @SuppressWarnings("NullAway.Init")
    private transient InternalValueState<RecordKey, TimeWindow, DataRecord> panes;

    @SuppressWarnings("NullAway.Init")
    private transient CallAccumulator[] calls;

    @SuppressWarnings("NullAway.Init")
    private transient PaneRow row;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower lateRecord;

    private transient int paneSize;

    PanesOperator(
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
        PaneLayout layout = PaneLayout.of(plan);
        paneSize = layout.type().size();
        Map<String, CallAccumulator> byName = CallAccumulator.of(layout, Scope.of(layouts.input));
        calls = byName.values().toArray(CallAccumulator[]::new);
        row = new PaneRow(plan, layouts.row, byName);
        TimeWindow.Serializer windows = new TimeWindow.Serializer();
        timers = getInternalTimerService("panes", windows, this);
        panes = (InternalValueState<RecordKey, TimeWindow, DataRecord>)
                this.<TimeWindow, ValueState<DataRecord>, DataRecord>getOrCreateKeyedState(
                        windows, new ValueStateDescriptor<>("panes", new RecordSerializer(layout.type())));
    }

    /** Takes a record that was not aggregated before the exchange; whether it is late is decided here alone. */
    @Override
    public void processElement1(StreamRecord<DataRecord> element) throws Exception {
        DataRecord record = element.getValue();
        TimeWindow window = window(plan.startOf(element.getTimestamp()));
        if (lateness().isLate(cleanupTime(window))) {
            if (countLate()) {
                emitLate(lateRecord.narrow(record), element.getTimestamp());
            }
            return;
        }
        panes.setCurrentNamespace(window);
        DataRecord before = panes.value();
        @Nullable Object[] pane = copyOf(before, 0);
        try {
            for (CallAccumulator call : calls) {
                call.add(record, pane);
            }
        } catch (EvaluationException failure) {
            fail(failure, element.getTimestamp(), layouts.input, record);
            return;
        }
        keep(window, before, pane);
    }

    /** Takes a partial, which comes before the watermark that decides its window. */
    @Override
    public void processElement2(StreamRecord<DataRecord> element) throws Exception {
        DataRecord partial = element.getValue();
        int keys = plan.keys().size();
        TimeWindow window = window((Long) Objects.requireNonNull(partial.get(keys)));
        if (lateness().isLate(cleanupTime(window))) {
            String reason = "Records that were counted before the exchange came after their window was decided.";
            fail("late-partial", reason, element.getTimestamp(), plan.partial(), partial);
            return;
        }
        panes.setCurrentNamespace(window);
        DataRecord before = panes.value();
        @Nullable Object[] pane = copyOf(before, 0);
        @Nullable Object[] more = copyOf(partial, keys + 1);
        try {
            for (CallAccumulator call : calls) {
                call.merge(more, pane);
            }
        } catch (EvaluationException failure) {
            fail(failure, element.getTimestamp(), plan.partial(), partial);
            return;
        }
        keep(window, before, pane);
    }

    private @Nullable Object[] copyOf(@Nullable DataRecord record, int from) {
        @Nullable Object[] pane = new Object[paneSize];
        for (int i = 0; record != null && i < paneSize; i++) {
            pane[i] = record.get(from + i);
        }
        return pane;
    }

    private void keep(TimeWindow window, @Nullable DataRecord before, @Nullable Object[] pane) throws Exception {
        if (lateness().isLate(window.maxTimestamp())) {
            fire(window, pane);
            timers.registerEventTimeTimer(window, cleanupTime(window));
        } else if (before == null) {
            timers.registerEventTimeTimer(window, window.maxTimestamp());
        }
        panes.update(new DataRecord(pane, null));
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, TimeWindow> timer) throws Exception {
        TimeWindow window = timer.getNamespace();
        panes.setCurrentNamespace(window);
        DataRecord kept = panes.value();
        if (kept == null) {
            return;
        }
        long cleanup = cleanupTime(window);
        if (timer.getTimestamp() == window.maxTimestamp()) {
            @Nullable Object[] pane = copyOf(kept, 0);
            fire(window, pane);
            if (timer.getTimestamp() < cleanup) {
                panes.update(new DataRecord(pane, null));
            }
        }
        if (timer.getTimestamp() >= cleanup) {
            panes.clear();
        } else {
            timers.registerEventTimeTimer(window, cleanup);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, TimeWindow> timer) {
        throw new IllegalStateException("Windows have no processing time.");
    }

    private void fire(TimeWindow window, @Nullable Object[] pane) {
        pane[FIRINGS] = pane[FIRINGS] instanceof Long firings ? firings + 1 : 1L;
        RecordKey key = (RecordKey) getCurrentKey();
        long time = window.maxTimestamp();
        try {
            output.collect(new StreamRecord<>(row.of(key, window, new DataRecord(pane, null)), time));
        } catch (EvaluationException failure) {
            fail(failure, time, plan.window(), describe(key, window));
        }
    }

    private DataRecord describe(RecordKey key, TimeWindow window) {
        int keys = plan.keys().size();
        @Nullable Object[] values = new Object[keys + 2];
        for (int i = 0; i < keys; i++) {
            values[i] = key.get(i);
        }
        values[keys] = Instant.ofEpochMilli(window.getStart());
        values[keys + 1] = Instant.ofEpochMilli(window.getEnd());
        return new DataRecord(values, null);
    }

    private TimeWindow window(long start) {
        return new TimeWindow(start, plan.lastMoment(start) + 1);
    }

    private long cleanupTime(TimeWindow window) {
        long end = window.maxTimestamp();
        return end + plan.allowedLateness() < end ? Long.MAX_VALUE : end + plan.allowedLateness();
    }
}
