package io.pipewright.stages.window;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.stage.EventTimeBuffer;
import io.pipewright.spi.stage.Failures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the open sessions of each key, a pane with its first and last moment each, and fires one when the watermark passes
 * its end. A record that lies between two sessions, with no more than the gap to either, makes them one.
 *
 * <p>Sessions, and the moments at which they fire and are thrown away, are those of Flink's window operator. That one
 * knows no longest session. With {@code maxLength} it matters which record is the first, so records wait on the heap for
 * the watermark and are taken in the order of their times. They wait a millisecond less than that: one that comes just at
 * the end of a session, and belongs to it, is then taken before that session fires.
 */
final class SessionsOperator extends WindowOperator
        implements OneInputStreamOperator<DataRecord, DataRecord>, Triggerable<RecordKey, VoidNamespace> {

    private static final long serialVersionUID = 1L;
    private static final int EARLIER = 1;

    private final Cut.Sessions cut;

    @SuppressWarnings("NullAway.Init")
    private transient SessionLayout layout;

    @SuppressWarnings("NullAway.Init")
    private transient InternalTimerService<VoidNamespace> timers;

    @SuppressWarnings("NullAway.Init")
    private transient ListState<DataRecord> sessions;

    /** What is kept of sessions besides their panes, if anything is. */
    private transient @Nullable InternalListState<RecordKey, Long, DataRecord> lists;

    private transient @Nullable EventTimeBuffer waiting;

    SessionsOperator(
            WindowPlan plan,
            Cut.Sessions cut,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(plan, layouts, late, errors, failures);
        this.cut = cut;
    }

    @Override
    public void open() throws Exception {
        super.open();
        layout = SessionLayout.of(plan, cut);
        timers = getInternalTimerService("sessions", VoidNamespaceSerializer.INSTANCE, this);
        sessions = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("sessions", new RecordSerializer(layout.type())));
        if (values().any()) {
            lists = (InternalListState<RecordKey, Long, DataRecord>)
                    this.<Long, ListState<DataRecord>, List<DataRecord>>getOrCreateKeyedState(
                            LongSerializer.INSTANCE,
                            new ListStateDescriptor<>(
                                    "values", new RecordSerializer(plan.pane().values())));
        }
        waiting = cut.limited()
                ? EventTimeBuffer.open(this, "waiting", List.of(new EventTimeBuffer.Channel("record", layouts.input())))
                : null;
    }

    @Override
    public void processElement(StreamRecord<DataRecord> element) throws Exception {
        if (!hasTime(element, layouts.input())) {
            return;
        }
        long due = element.getTimestamp() - EARLIER;
        if (waiting != null && !lateness().isLate(due)) {
            waiting.add(0, due, (RecordKey) getCurrentKey(), element.getValue());
        } else {
            take(element.getValue(), element.getTimestamp());
        }
    }

    /** What waited is judged by the watermark before this one: it came in time. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (waiting != null) {
            waiting.drain(mark.getTimestamp(), (channel, due, record) -> take(record, due + EARLIER));
        }
        super.processWatermark(mark);
    }

    private void take(DataRecord record, long time) throws Exception {
        List<Session> joined = new ArrayList<>();
        List<Session> others = new ArrayList<>();
        Session session = layout.session(time);
        for (Session each : kept()) {
            if (session.joins(each)) {
                session.cover(each);
                joined.add(each);
            } else {
                others.add(each);
            }
        }
        if (lateness().isLate(lastChange(session.end() - 1))) {
            late(record, time);
            return;
        }
        DataRecord more = null;
        try {
            for (Session each : joined) {
                merge(each.values(), session.values());
            }
            add(record, time, session.values());
            more = values().of(record);
        } catch (EvaluationException failure) {
            fail(failure, time, layouts.input(), record);
            return;
        }
        for (Session each : joined) {
            timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, each.end() - 1);
            session.firedWith(each);
            session.sendEarly(earlier(session.early(), each.early()));
        }
        if (lists != null) {
            keepValues(lists, session, joined, time, more);
        }
        if (lateness().isLate(session.end() - 1)) {
            fire(session);
        } else if (plan.emitEvery() > 0) {
            session.sendEarly(earlier(session.early(), nextEarly(session.first())));
        }
        others.add(session);
        others.forEach(this::wake);
        keep(others);
    }

    /** Puts together what is kept of sessions that have become one, and what is kept of a record. */
    private static void keepValues(
            InternalListState<RecordKey, Long, DataRecord> lists,
            Session session,
            List<Session> joined,
            long time,
            @Nullable DataRecord more)
            throws Exception {
        List<Long> numbers = new ArrayList<>();
        for (Session each : joined) {
            Long number = each.valuesNumber();
            if (number != null) {
                numbers.add(number);
            }
        }
        if (numbers.isEmpty() && more == null) {
            return;
        }
        long number = numbers.isEmpty() ? time : numbers.get(0);
        session.keepValuesBy(number);
        if (numbers.size() > 1) {
            lists.mergeNamespaces(number, numbers.subList(1, numbers.size()));
        }
        if (more != null) {
            lists.setCurrentNamespace(number);
            lists.add(more);
        }
    }

    private static @Nullable Long earlier(@Nullable Long one, @Nullable Long other) {
        return one == null ? other : other == null ? one : (Long) Math.min(one, other);
    }

    private void fire(Session session) throws Exception {
        Long number = session.valuesNumber();
        List<DataRecord> kept = List.of();
        if (lists != null && number != null) {
            lists.setCurrentNamespace(number);
            kept = SliceStates.all(lists.get());
        }
        fire(session.window(), session.values(), kept);
    }

    /** Sets the next timers of a session: they may have been deleted as that of another one. */
    private void wake(Session session) {
        Long early = session.early();
        if (early != null) {
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, early);
        }
        long decided = session.end() - 1;
        long next = lateness().isLate(decided) ? lastChange(decided) : decided;
        timers.registerEventTimeTimer(VoidNamespace.INSTANCE, next);
    }

    private List<Session> kept() throws Exception {
        List<Session> kept = new ArrayList<>();
        for (DataRecord each : sessions.get()) {
            kept.add(layout.session(each));
        }
        kept.sort(Comparator.comparingLong(Session::first));
        return kept;
    }

    private void keep(List<Session> open) throws Exception {
        sessions.update(open.stream().map(Session::record).toList());
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, VoidNamespace> timer) throws Exception {
        long time = timer.getTimestamp();
        List<Session> open = new ArrayList<>();
        for (Session session : kept()) {
            Long early = session.early();
            boolean announced = early != null && early <= time;
            if (announced) {
                session.sendEarly(null);
            }
            if (session.end() - 1 == time || (announced && !lateness().isLate(session.end() - 1))) {
                fire(session);
            }
            Long number = session.valuesNumber();
            if (lastChange(session.end() - 1) > time) {
                wake(session);
                open.add(session);
            } else if (lists != null && number != null) {
                lists.setCurrentNamespace(number);
                lists.clear();
            }
        }
        keep(open);
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, VoidNamespace> timer) {
        throw new IllegalStateException("Windows have no processing time.");
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (waiting != null) {
            waiting.snapshot();
        }
    }
}
