package io.pipewright.stages.join;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.stage.EventTimeBuffer;
import io.pipewright.spi.stage.EventTimeOperator;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.join.KeptRecords.Kept;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the records of two inputs.
 *
 * <p>Records of both wait until the watermark passes their times, and are then taken in the order of their times, at one
 * time those of the first input first. Each meets those of the other input that were kept, and is kept itself if a later
 * one may meet it. One timer per key sweeps away what nothing can meet any more; what was met by nothing comes out alone
 * then, where its input is an outer one, in windows once for each in which nothing met it. It is long because two inputs
 * are one operator, and what meets, what is kept and what is swept away belong together.
 */
final class JoinOperator extends EventTimeOperator
        implements TwoInputStreamOperator<DataRecord, DataRecord, DataRecord>, Triggerable<RecordKey, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    private final JoinPlan plan;
    private final Layouts layouts;

    @SuppressWarnings("NullAway.Init")
    private transient Side first;

    @SuppressWarnings("NullAway.Init")
    private transient Side second;

    @SuppressWarnings("NullAway.Init")
    private transient JoinRows rows;

    @SuppressWarnings("NullAway.Init")
    private transient EventTimeBuffer waiting;

    @SuppressWarnings("NullAway.Init")
    private transient InternalTimerService<VoidNamespace> timers;

    /** The time of the current key's one timer. */
    @SuppressWarnings("NullAway.Init")
    private transient ValueState<Long> sweep;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower lateRecord;

    @SuppressWarnings("NullAway.Init")
    private transient Counter nullKeyRecords;

    JoinOperator(
            JoinPlan plan,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(failures, errors, late);
        this.plan = plan;
        this.layouts = layouts;
    }

    /** What the records of both inputs hold, those that are emitted, and those of the late port. */
    record Layouts(RecordType first, RecordType second, RecordType row, RecordType late) implements Serializable {}

    /** One input; its channel in the buffer orders records of one time. */
    private record Side(int channel, RecordType layout, boolean outer, KeptRecords kept) {}

    @Override
    public void open() throws Exception {
        super.open();
        nullKeyRecords = getMetricGroup().counter("nullKeyRecords");
        first = side(0, "first", layouts.first, plan.first());
        second = side(1, "second", layouts.second, plan.second());
        rows = new JoinRows(plan, layouts.first, layouts.second, layouts.row);
        lateRecord = Narrowing.none(LateRecord.TYPE).bind(LateRecord.TYPE, layouts.late);
        timers = getInternalTimerService("sweep", VoidNamespaceSerializer.INSTANCE, this);
        sweep = getRuntimeContext().getState(new ValueStateDescriptor<>("sweep", LongSerializer.INSTANCE));
        waiting = EventTimeBuffer.open(
                this,
                "waiting",
                List.of(
                        new EventTimeBuffer.Channel("first", layouts.first),
                        new EventTimeBuffer.Channel("second", layouts.second)));
    }

    private Side side(int channel, String state, RecordType layout, JoinPlan.Side planned) {
        return new Side(channel, layout, planned.outer(), new KeptRecords(state, layout, getRuntimeContext()));
    }

    @Override
    public void processElement1(StreamRecord<DataRecord> element) throws Exception {
        take(first, getStateKeySelector1(), element);
    }

    @Override
    public void processElement2(StreamRecord<DataRecord> element) throws Exception {
        take(second, getStateKeySelector2(), element);
    }

    private void take(Side side, KeySelector<?, ?> selector, StreamRecord<DataRecord> element) throws Exception {
        if (!hasTime(element, side.layout)) {
            return;
        }
        long time = element.getTimestamp();
        DataRecord record = element.getValue();
        if (lateness().isLate(time)) {
            if (countLate()) {
                emitLate(lateRecord.narrow(LateRecord.of(stage(), time, side.layout, record)), time);
            }
            return;
        }
        RecordKey key = key(selector, record);
        if (!key.hasNull()) {
            waiting.add(side.channel, time, key, record);
        } else if (side.outer) {
            emitAlone(side, time, record, null, null);
        } else {
            nullKeyRecords.inc();
        }
    }

    /** What begins to wait needs no current key; it gets it when it is handed out. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public boolean hasKeyContext2() {
        return false;
    }

    /** A record that comes out alone is as old as its last partner could have come after it. */
    @Override
    protected long watermarkDelay() {
        long ofFirst = plan.first().outer() ? plan.meeting().longestAfterFirst() : 0;
        long ofSecond = plan.second().outer() ? plan.meeting().longestAfterSecond() : 0;
        return Math.max(0, Math.max(ofFirst, ofSecond));
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        waiting.drain(mark.getTimestamp(), this::decide);
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        waiting.snapshot();
    }

    private void decide(int channel, long time, DataRecord record) throws Exception {
        Side side = channel == first.channel ? first : second;
        Long before = meetKept(side, time, record);
        if (isKept(side)) {
            side.kept.add(time, record, side.outer, before);
            sweepAt(last(side, time));
        } else if (side.outer) {
            emitAlone(side, time, record, before, null);
        }
    }

    /** Whether a record that is taken later may meet one of this input; of one time, the second input's are taken later. */
    private boolean isKept(Side side) {
        Meeting meeting = plan.meeting();
        return side == first ? meeting.longestAfterFirst() >= 0 : meeting.longestAfterSecond() > 0;
    }

    /** The latest time of a record of the other input that can meet this one. */
    private long last(Side side, long time) {
        return side == first
                ? plan.meeting().lastForFirst(time)
                : plan.meeting().lastForSecond(time);
    }

    /** Emits the pairs of a record with what was kept of the other input; the latest time of what it met. */
    private @Nullable Long meetKept(Side side, long time, DataRecord record) throws Exception {
        Side other = side == first ? second : first;
        if (!isKept(other)) {
            return null;
        }
        List<Kept> candidates = other.kept.all();
        Long latest = null;
        boolean changed = false;
        for (int i = 0; i < candidates.size(); i++) {
            Kept candidate = candidates.get(i);
            if (meet(side, time, candidate.time())) {
                latest = candidate.time();
                emitPair(side, time, record, candidate);
                if (candidate.mayBeAlone() && candidate.after() == null) {
                    candidates.set(i, candidate.met(time));
                    changed = true;
                }
            }
        }
        if (changed) {
            other.kept.replace(candidates);
        }
        return latest;
    }

    private void emitPair(Side side, long time, DataRecord record, Kept other) {
        boolean left = side == first;
        DataRecord pair = left ? JoinRows.pair(record, other.record()) : JoinRows.pair(other.record(), record);
        for (Meeting.Span window : plan.meeting().ofPair(left ? time : other.time(), left ? other.time() : time)) {
            emit(pair, window, Math.max(time, other.time()));
        }
    }

    private boolean meet(Side side, long time, long otherTime) {
        return side == first
                ? plan.meeting().meet(time, otherTime)
                : plan.meeting().meet(otherTime, time);
    }

    /** Lets the current key's timer fire no later than this. */
    private void sweepAt(long time) throws Exception {
        Long before = sweep.value();
        if (before == null || time < before) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
            sweep.update(time);
        }
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, VoidNamespace> timer) throws Exception {
        Long current = sweep.value();
        if (current == null || current != timer.getTimestamp()) {
            return; // an earlier one took its place
        }
        sweep.clear();
        sweep(first);
        sweep(second);
    }

    /** Drops all that the watermark has passed, which is often more than what the timer was for. */
    private void sweep(Side side) throws Exception {
        List<Kept> before = side.kept.all();
        List<Kept> after = new ArrayList<>();
        for (Kept each : before) {
            long last = last(side, each.time());
            if (!lateness().isLate(last)) {
                after.add(each);
                sweepAt(last);
            } else if (side.outer && each.mayBeAlone()) {
                emitAlone(side, each.time(), each.record(), each.before(), each.after());
            }
        }
        if (after.size() < before.size()) {
            side.kept.replace(after);
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, VoidNamespace> timer) {
        throw new IllegalStateException("`join` has no processing time.");
    }

    /** The nearest times of what met it are as {@link Meeting#ofAlone} takes them. */
    private void emitAlone(Side side, long time, DataRecord record, @Nullable Long before, @Nullable Long after) {
        DataRecord pair = side == first ? JoinRows.pair(record, null) : JoinRows.pair(null, record);
        for (Meeting.Span window : plan.meeting().ofAlone(time, before, after)) {
            emit(pair, window, time);
        }
    }

    private void emit(DataRecord pair, Meeting.Span window, long time) {
        String missing = isRestored() ? rows.missingField(pair) : null;
        if (missing != null) {
            String reason = "The record was stored before `" + missing + "` was declared.";
            fail("not-in-state", reason, time, rows.pair(), pair);
            return;
        }
        try {
            output.collect(new StreamRecord<>(rows.of(pair, window), time));
        } catch (EvaluationException failure) {
            fail(failure, time, rows.pair(), pair);
        }
    }
}
