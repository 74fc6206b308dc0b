package io.pipewright.stages.enrich;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.EventTimeBuffer;
import io.pipewright.spi.stage.EventTimeOperator;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the records of {@code with} by key, and adds to each record of {@code from} the one that was the latest at
 * its time.
 *
 * <p>In event time the records of both inputs wait until the watermark passes their times, and are then taken in the
 * order of their times, at one time those of {@code with} first. So what is remembered of a key is always what counts for
 * the next record, and state is one value per key, {@code table}, with one timer that ends it.
 *
 * <p>With {@code missing: wait} a record without one is kept in {@code unmatched} until the first one comes, and then
 * leaves with its own time; so the watermarks that leave are behind by as long as a record may wait.
 *
 * <p>It is one file because both orders and all that may be missing work on the same remembered record.
 */
final class TableOperator extends EventTimeOperator
        implements TwoInputStreamOperator<DataRecord, DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    /** The channels of the buffer; what is remembered at a time counts for the records of that time. */
    private static final int WITH = 0;

    private static final int FROM = 1;

    private final EnrichPlan plan;
    private final Layouts layouts;
    private final List<CheckedExpression> seenWhere;
    private final @Nullable OutputTag<DataRecord> missed;

    @SuppressWarnings("NullAway.Init")
    private transient ExpiringState table;

    @SuppressWarnings("NullAway.Init")
    private transient ComputedFields.Rows rows;

    @SuppressWarnings("NullAway.Init")
    private transient List<Evaluator> seen;

    /** Null if nothing is deleted. */
    private transient @Nullable Evaluator deletes;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower remembered;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower lateRecord;

    @SuppressWarnings("NullAway.Init")
    private transient Counter unmatchedRecords;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower missedRecord;

    @SuppressWarnings("NullAway.Init")
    private transient Counter missedRecords;

    /** Null if no record waits for one of the other input. */
    private transient @Nullable UnmatchedRecords unmatched;

    /** Of both inputs; null where nothing waits, in order of arrival. */
    private transient @Nullable EventTimeBuffer waiting;

    /**
     * @param seenWhere of which records of {@code from} anything is seen of the one that is remembered; empty for all. None
     *     fails, and nothing fails that is computed of it
     */
    TableOperator(
            EnrichPlan plan,
            Layouts layouts,
            List<CheckedExpression> seenWhere,
            @Nullable OutputTag<DataRecord> late,
            @Nullable OutputTag<DataRecord> missed,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(failures, errors, late);
        this.plan = plan;
        this.layouts = layouts;
        this.seenWhere = seenWhere;
        this.missed = missed;
    }

    /** What the records of both inputs hold, those that are emitted, and those of the ports late and missed. */
    record Layouts(RecordType from, RecordType with, RecordType row, RecordType late, RecordType missed)
            implements Serializable {}

    @Override
    public void open() throws Exception {
        super.open();
        unmatchedRecords = getMetricGroup().counter("unmatchedRecords");
        rows = plan.added().bind(plan.scope(layouts.from), layouts.row);
        seen = seenWhere.stream()
                .map(condition -> condition.evaluator(Scope.of(layouts.from)))
                .toList();
        CheckedExpression deleteWhere = plan.deleteWhere();
        deletes = deleteWhere == null ? null : deleteWhere.evaluator(Scope.of(plan.with()));
        remembered = Narrowing.none(plan.with()).bind(layouts.with, plan.with());
        lateRecord = Narrowing.none(LateRecord.TYPE).bind(LateRecord.TYPE, layouts.late);
        table = ExpiringState.open(this, EnrichPlan.TABLE, plan.with(), plan.ttl(), (time, record) -> {});
        missedRecords = getMetricGroup().counter("missedRecords");
        missedRecord = Narrowing.none(plan.from()).bind(layouts.from, layouts.missed);
        unmatched = plan.waits() ? new UnmatchedRecords(this, layouts.from, plan.waitUpTo(), this::miss) : null;
        waiting = plan.byEventTime() ? EventTimeBuffer.open(this, "waiting", channels()) : null;
    }

    private List<EventTimeBuffer.Channel> channels() {
        return List.of(
                new EventTimeBuffer.Channel(EnrichPlan.WITH, plan.with()),
                new EventTimeBuffer.Channel(StagePlan.FROM, layouts.from));
    }

    @Override
    public void processElement1(StreamRecord<DataRecord> element) throws Exception {
        if (inTime(element, layouts.from)) {
            take(FROM, getStateKeySelector1(), element, element.getValue());
        }
    }

    @Override
    public void processElement2(StreamRecord<DataRecord> element) throws Exception {
        if (inTime(element, layouts.with)) {
            take(WITH, getStateKeySelector2(), element, remembered.narrow(element.getValue()));
        }
    }

    private void take(int input, KeySelector<?, ?> selector, StreamRecord<DataRecord> element, DataRecord record)
            throws Exception {
        if (waiting == null) {
            decide(input, element.getTimestamp(), record);
        } else {
            waiting.add(input, element.getTimestamp(), key(selector, element.getValue()), record);
        }
    }

    /** What begins to wait needs no current key; it gets it when it is handed out. */
    @Override
    public boolean hasKeyContext1() {
        return !plan.byEventTime();
    }

    @Override
    public boolean hasKeyContext2() {
        return !plan.byEventTime();
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (waiting != null) {
            waiting.drain(mark.getTimestamp(), this::decide);
        }
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        if (waiting != null) {
            waiting.snapshot();
        }
    }

    private void decide(int input, long time, DataRecord record) throws Exception {
        if (input == WITH) {
            remember(time, record);
        } else {
            if (isSeen(record)) {
                emit(time, record, table.get());
            } else {
                send(time, record, null, false);
            }
        }
    }

    /** Whether anybody sees what is remembered of the key of a record of {@code from}; to look it up is to wait for memory. */
    private boolean isSeen(DataRecord record) {
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).test(record)) {
                return true;
            }
        }
        return seen.isEmpty();
    }

    /** In event time a version of before the present one can come only after a restore, by the lowest watermark. */
    private void remember(long time, DataRecord record) throws Exception {
        ExpiringState.Entry version = table.get();
        if (version != null && plan.byEventTime() && time < version.time()) {
            return;
        }
        try {
            if (deletes != null && isWhole(record) && deletes.test(record)) {
                table.forget();
                return;
            }
        } catch (EvaluationException failure) {
            fail(failure, time, plan.with(), record);
            return;
        }
        table.put(version, time, record);
        if (unmatched != null) {
            matchUpTo(plan.byEventTime() ? time : Long.MIN_VALUE, unmatched);
        }
    }

    /** Lets what waited have the record that has come, and miss it if it could not wait until {@code time}. */
    private void matchUpTo(long time, UnmatchedRecords waited) throws Exception {
        ExpiringState.Entry version = table.get();
        for (UnmatchedRecords.Waiting each : waited.removeAll()) {
            if (time > waited.deadline(each.time())) {
                miss(each.time(), each.record());
            } else if (version != null) {
                send(each.time(), each.record(), version.record(), true);
            }
        }
    }

    private void miss(long time, DataRecord record) {
        missedRecords.inc();
        if (missed != null && !(isRestored() && lacksField(time, record, null))) {
            output.collect(missed, new StreamRecord<>(missedRecord.narrow(record), time));
        }
    }

    /** As long as a record may wait for one of the other input: it leaves with its own time. */
    @Override
    protected long watermarkDelay() {
        return plan.waitUpTo();
    }

    /** Whether a record of {@code with} has all its fields; one that does not waited before they were declared. */
    private boolean isWhole(DataRecord record) {
        return !isRestored() || record.missingField(plan.with()) == null;
    }

    private void emit(long time, DataRecord record, ExpiringState.@Nullable Entry version) throws Exception {
        boolean known = version != null && counts(version.time(), time);
        if (!known && plan.missing() == EnrichOptions.Missing.DROP) {
            unmatchedRecords.inc();
        } else if (!known && unmatched != null) {
            unmatched.add(time, record);
        } else {
            send(time, record, known && version != null ? version.record() : null, true);
        }
    }

    /** @param isSeen whether anybody sees what was found, or that nothing was */
    private void send(long time, DataRecord record, @Nullable DataRecord found, boolean isSeen) {
        if (isRestored() && lacksField(time, record, found)) {
            return;
        }
        try {
            DataRecord row = isSeen ? rows.of(record, new @Nullable Object[] {found}) : rows.withoutVariables(record);
            output.collect(new StreamRecord<>(row, time));
        } catch (EvaluationException failure) {
            fail(failure, time, layouts.from, record);
        }
    }

    private boolean counts(long versionTime, long time) {
        return time < table.expiry(versionTime) && (versionTime <= time || !plan.byEventTime());
    }

    /** Whether state was written before a field was declared that may not be null; then the record has failed. */
    private boolean lacksField(long time, DataRecord record, @Nullable DataRecord found) {
        String missing = record.missingField(layouts.from);
        String reason = missing == null ? null : "The record was waiting before `" + missing + "` was declared.";
        if (reason == null && found != null) {
            missing = found.missingField(plan.with());
            reason = missing == null
                    ? null
                    : "What is remembered of its key was stored before `" + missing + "` was declared.";
        }
        if (reason == null) {
            return false;
        }
        fail("not-in-state", reason, time, layouts.from, record);
        return true;
    }

    /** Whether a record has a time that is still open; if not, it was reported. */
    private boolean inTime(StreamRecord<DataRecord> element, RecordType type) {
        DataRecord record = element.getValue();
        if (!hasTime(element, type)) {
            return false;
        }
        long time = element.getTimestamp();
        if (!plan.byEventTime() || !lateness().isLate(time)) {
            return true;
        }
        if (countLate()) {
            emitLate(lateRecord.narrow(LateRecord.of(stage(), time, type, record)), time);
        }
        return false;
    }
}
