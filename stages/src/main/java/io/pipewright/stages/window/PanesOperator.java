package io.pipewright.stages.window;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.stage.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.internal.InternalListState;
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
 * Keeps a pane per key and slice, fires a window when the watermark passes its end, and throws a slice away {@code
 * allowedLateness} after the end of the last window that has it. A record that comes between the two changes its pane and
 * makes the windows fire at once that have ended.
 *
 * <p>A tumbling window is a slice of its own. Of others a window is what its slices hold together when it fires, and the
 * timer and the count of its firings lie at its last slice.
 *
 * <p>Not Flink's window operator: that one takes a late record for timely after a restore, keeps a pane for each window
 * that a record is in, and its state does not evolve by name. Windows and the moment they fire are the same as there.
 */
final class PanesOperator extends WindowOperator
        implements TwoInputStreamOperator<DataRecord, DataRecord, DataRecord>, Triggerable<RecordKey, TimeWindow> {

    private static final long serialVersionUID = 1L;

    private final Cut.Slices slices;

    @SuppressWarnings("NullAway.Init")
    private transient InternalTimerService<TimeWindow> timers;

    @SuppressWarnings("NullAway.Init")
    private transient InternalValueState<RecordKey, TimeWindow, DataRecord> panes;

    /** How often the window has fired that ends with a slice; of tumbling windows it is in the pane. */
    @SuppressWarnings("NullAway.Init")
    private transient InternalValueState<RecordKey, TimeWindow, Long> firings;

    /** Of each slice what is kept besides its pane, if anything is. */
    private transient @Nullable InternalListState<RecordKey, TimeWindow, DataRecord> lists;

    /** The slice of the last record, which is that of most others too. */
    private transient @Nullable TimeWindow last;

    private transient int paneSize;

    PanesOperator(
            WindowPlan plan,
            Cut.Slices slices,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(plan, layouts, late, errors, failures);
        this.slices = slices;
    }

    @Override
    public void open() throws Exception {
        super.open();
        paneSize = plan.pane().type().size();
        TimeWindow.Serializer windows = new TimeWindow.Serializer();
        timers = getInternalTimerService("panes", windows, this);
        panes = (InternalValueState<RecordKey, TimeWindow, DataRecord>)
                this.<TimeWindow, ValueState<DataRecord>, DataRecord>getOrCreateKeyedState(
                        windows,
                        new ValueStateDescriptor<>(
                                "panes", new RecordSerializer(plan.pane().type())));
        if (values().any()) {
            lists = (InternalListState<RecordKey, TimeWindow, DataRecord>)
                    this.<TimeWindow, ListState<DataRecord>, List<DataRecord>>getOrCreateKeyedState(
                            windows,
                            new ListStateDescriptor<>(
                                    "values", new RecordSerializer(plan.pane().values())));
        }
        if (!slices.alone()) {
            firings = (InternalValueState<RecordKey, TimeWindow, Long>)
                    this.<TimeWindow, ValueState<Long>, Long>getOrCreateKeyedState(
                            windows, new ValueStateDescriptor<>("firings", LongSerializer.INSTANCE));
        }
    }

    /** Takes a record that was not aggregated before the exchange; whether it is late is decided here alone. */
    @Override
    public void processElement1(StreamRecord<DataRecord> element) throws Exception {
        DataRecord record = element.getValue();
        TimeWindow slice = sliceOf(element.getTimestamp());
        if (lateness().isLate(lastChangeOf(slice))) {
            late(element);
            return;
        }
        panes.setCurrentNamespace(slice);
        DataRecord before = panes.value();
        @Nullable Object[] pane = copyOf(before, 0, paneSize);
        DataRecord more = null;
        try {
            add(record, element.getTimestamp(), pane);
            more = lists == null ? null : values().of(record);
        } catch (EvaluationException failure) {
            fail(failure, element.getTimestamp(), layouts.input(), record);
            return;
        }
        if (lists != null && more != null) {
            lists.setCurrentNamespace(slice);
            lists.add(more);
        }
        keep(slice, before, pane);
    }

    /** Takes a partial, which comes before the watermark that decides its window. */
    @Override
    public void processElement2(StreamRecord<DataRecord> element) throws Exception {
        DataRecord partial = element.getValue();
        int keys = plan.keys().size();
        TimeWindow slice = sliceOf((Long) Objects.requireNonNull(partial.get(keys)));
        if (lateness().isLate(lastChangeOf(slice))) {
            String reason = "Records that were counted before the exchange came after their window was decided.";
            fail("late-partial", reason, element.getTimestamp(), plan.partial(), partial);
            return;
        }
        panes.setCurrentNamespace(slice);
        DataRecord before = panes.value();
        @Nullable Object[] pane = copyOf(before, 0, paneSize);
        try {
            merge(copyOf(partial, keys + 1, paneSize), pane);
        } catch (EvaluationException failure) {
            fail(failure, element.getTimestamp(), plan.partial(), partial);
            return;
        }
        keep(slice, before, pane);
    }

    private TimeWindow sliceOf(long time) {
        TimeWindow slice = last;
        if (slice == null || time < slice.getStart() || time >= slice.getEnd()) {
            slice = new TimeWindow(slices.startOf(time), slices.endOf(time));
            last = slice;
        }
        return slice;
    }

    private void keep(TimeWindow slice, @Nullable DataRecord before, @Nullable Object[] pane) throws Exception {
        if (!slices.alone()) {
            panes.update(new DataRecord(pane, null));
            changed(slice, before == null);
            return;
        }
        if (lateness().isLate(slice.maxTimestamp())) {
            fire(slice, pane, kept(slice));
            timers.registerEventTimeTimer(slice, lastChangeOf(slice));
        } else if (before == null) {
            timers.registerEventTimeTimer(slice, slice.maxTimestamp());
        }
        panes.update(new DataRecord(pane, null));
    }

    /** Has the windows of a slice fire: those at once that have ended, and if they do not know yet, the others then. */
    private void changed(TimeWindow slice, boolean isNew) throws Exception {
        if (!isNew && !lateness().isLate(slice.maxTimestamp())) {
            return;
        }
        if (isNew) {
            timers.registerEventTimeTimer(slice, cleanupTime(slice));
        }
        for (long end : slices.endsOf(slice.getStart())) {
            if (!lateness().isLate(end - 1)) {
                if (isNew) {
                    timers.registerEventTimeTimer(sliceBefore(end), end - 1);
                }
            } else if (!lateness().isLate(lastChange(end - 1))) {
                fireSlices(sliceBefore(end));
            }
        }
    }

    private TimeWindow sliceBefore(long end) {
        return new TimeWindow(slices.startOf(end - 1), end);
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, TimeWindow> timer) throws Exception {
        TimeWindow slice = timer.getNamespace();
        if (slices.alone()) {
            onTimeOfWindow(slice, timer.getTimestamp());
        } else if (timer.getTimestamp() == slice.maxTimestamp()) {
            fireSlices(slice);
        } else {
            forget(slice);
            firings.setCurrentNamespace(slice);
            firings.clear();
        }
    }

    private void onTimeOfWindow(TimeWindow window, long time) throws Exception {
        panes.setCurrentNamespace(window);
        DataRecord kept = panes.value();
        if (kept == null) {
            return;
        }
        long cleanup = lastChangeOf(window);
        if (time == window.maxTimestamp()) {
            @Nullable Object[] pane = copyOf(kept, 0, paneSize);
            fire(window, pane, kept(window));
            if (time < cleanup) {
                panes.update(new DataRecord(pane, null));
            }
        }
        if (time >= cleanup) {
            forget(window);
        } else {
            timers.registerEventTimeTimer(window, cleanup);
        }
    }

    private List<DataRecord> kept(TimeWindow slice) throws Exception {
        if (lists == null) {
            return List.of();
        }
        lists.setCurrentNamespace(slice);
        Iterable<DataRecord> kept = lists.get();
        List<DataRecord> values = new ArrayList<>();
        if (kept != null) {
            kept.forEach(values::add);
        }
        return values;
    }

    private void forget(TimeWindow slice) {
        panes.setCurrentNamespace(slice);
        panes.clear();
        if (lists != null) {
            lists.setCurrentNamespace(slice);
            lists.clear();
        }
    }

    /** Fires the window whose last slice this is. */
    private void fireSlices(TimeWindow lastSlice) throws Exception {
        TimeWindow window = new TimeWindow(slices.startOfWindow(lastSlice.getEnd()), lastSlice.getEnd());
        @Nullable Object[] all = new Object[paneSize];
        List<DataRecord> kept = new ArrayList<>();
        try {
            for (long start = window.getStart(); start < window.getEnd(); start = slices.endOf(start)) {
                TimeWindow slice = new TimeWindow(start, slices.endOf(start));
                panes.setCurrentNamespace(slice);
                DataRecord pane = panes.value();
                if (pane != null) {
                    merge(copyOf(pane, 0, paneSize), all);
                    kept.addAll(kept(slice));
                }
            }
        } catch (EvaluationException failure) {
            fail(failure, window);
            return;
        }
        firings.setCurrentNamespace(lastSlice);
        all[FIRINGS] = firings.value();
        fire(window, all, kept);
        if (plan.firesOften()) {
            firings.update((Long) Objects.requireNonNull(all[FIRINGS]));
            timers.registerEventTimeTimer(lastSlice, cleanupTime(lastSlice));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, TimeWindow> timer) {
        throw new IllegalStateException("Windows have no processing time.");
    }

    /** The last moment at which a record of this slice still changes a window. */
    private long lastChangeOf(TimeWindow slice) {
        return lastChange((slices.alone() ? slice.getEnd() : slices.lastEndOf(slice.getStart())) - 1);
    }

    /** When a slice that others share is thrown away: after all its windows have fired. */
    private long cleanupTime(TimeWindow slice) {
        return lastChangeOf(slice) + 1;
    }
}
