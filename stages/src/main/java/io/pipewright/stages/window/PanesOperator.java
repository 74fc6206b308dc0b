package io.pipewright.stages.window;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.stage.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private transient SliceStates states;

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
        timers = getInternalTimerService("panes", new TimeWindow.Serializer(), this);
        states = new SliceStates(getKeyedStateBackend(), plan, !slices.alone());
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
        DataRecord before = states.pane(slice);
        @Nullable Object[] pane = copyOf(before, 0, paneSize);
        DataRecord more = null;
        try {
            add(record, element.getTimestamp(), pane);
            more = values().of(record);
        } catch (EvaluationException failure) {
            fail(failure, element.getTimestamp(), layouts.input(), record);
            return;
        }
        if (more != null) {
            states.add(slice, more);
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
        DataRecord before = states.pane(slice);
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
            states.keep(slice, pane);
            changed(slice, before == null);
            return;
        }
        if (lateness().isLate(slice.maxTimestamp())) {
            fire(slice, pane, states.values(slice));
            timers.registerEventTimeTimer(slice, lastChangeOf(slice));
        } else {
            if (before == null) {
                timers.registerEventTimeTimer(slice, slice.maxTimestamp());
            }
            announce(slice, slice);
        }
        states.keep(slice, pane);
    }

    /** Has the windows of a slice fire: those at once that have ended, and if they do not know yet, the others then. */
    private void changed(TimeWindow slice, boolean isNew) throws Exception {
        if (!isNew && plan.emitEvery() == 0 && !lateness().isLate(slice.maxTimestamp())) {
            return;
        }
        if (isNew) {
            timers.registerEventTimeTimer(slice, cleanupTime(slice));
        }
        for (long end : slices.endsOf(slice.getStart())) {
            TimeWindow lastSlice = new TimeWindow(slices.startOf(end - 1), end);
            if (!lateness().isLate(end - 1)) {
                if (isNew) {
                    timers.registerEventTimeTimer(lastSlice, end - 1);
                }
                announce(slice, lastSlice);
            } else if (!lateness().isLate(lastChange(end - 1))) {
                fireSlices(lastSlice);
            }
        }
    }

    /** Has a window that has changed in one of its slices send its row before it ends, if windows do. */
    private void announce(TimeWindow changed, TimeWindow lastSlice) throws Exception {
        if (plan.emitEvery() == 0) {
            return;
        }
        long moment = nextEarly(changed.getStart());
        if (moment < lastSlice.maxTimestamp() && states.announce(lastSlice, moment)) {
            timers.registerEventTimeTimer(lastSlice, moment);
        }
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, TimeWindow> timer) throws Exception {
        TimeWindow slice = timer.getNamespace();
        long time = timer.getTimestamp();
        boolean early = time < slice.maxTimestamp();
        if (early && (!states.isAnnounced(slice, time) || lateness().isLate(slice.maxTimestamp()))) {
            return;
        }
        if (slices.alone()) {
            onTimeOfWindow(slice, time, early);
        } else if (time <= slice.maxTimestamp()) {
            fireSlices(slice);
        } else {
            states.forget(slice);
        }
    }

    private void onTimeOfWindow(TimeWindow window, long time, boolean early) throws Exception {
        DataRecord kept = states.pane(window);
        if (kept == null) {
            return;
        }
        long cleanup = lastChangeOf(window);
        if (time <= window.maxTimestamp()) {
            @Nullable Object[] pane = copyOf(kept, 0, paneSize);
            fire(window, pane, states.values(window));
            if (time < cleanup) {
                states.keep(window, pane);
            }
        }
        if (time >= cleanup) {
            states.forget(window);
        } else if (!early) {
            timers.registerEventTimeTimer(window, cleanup);
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
                DataRecord pane = states.pane(slice);
                if (pane != null) {
                    merge(copyOf(pane, 0, paneSize), all);
                    kept.addAll(states.values(slice));
                }
            }
        } catch (EvaluationException failure) {
            fail(failure, window);
            return;
        }
        all[FIRINGS] = states.firings(lastSlice);
        fire(window, all, kept);
        if (plan.firesOften()) {
            states.keepFirings(lastSlice, (Long) Objects.requireNonNull(all[FIRINGS]));
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
