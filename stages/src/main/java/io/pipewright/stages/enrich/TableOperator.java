package io.pipewright.stages.enrich;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.stage.EventTimeOperator;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.time.Instant;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the records of {@code with} by key, and adds to each record of {@code from} the one that was the latest at
 * its time.
 *
 * <p>In event time a record waits until the watermark passes its time: then every version that counts is known, and the
 * records of a key leave in the order of their times. Versions that only a late record could ask for are dropped as the
 * watermark goes on, so that a key keeps one version and those of the future. State is two values per key, {@code table}
 * and {@code pending}, and one timer for each.
 */
final class TableOperator extends EventTimeOperator
        implements TwoInputStreamOperator<DataRecord, DataRecord, DataRecord>, Triggerable<RecordKey, Integer> {

    private static final long serialVersionUID = 1L;

    /** The namespaces of the timers. They share one queue: what waits is decided before what it needs expires. */
    private static final Integer DECIDE = 0;

    private static final Integer EXPIRE = 1;

    private final EnrichPlan plan;
    private final Layouts layouts;

    @SuppressWarnings("NullAway.Init")
    private transient InternalTimerService<Integer> timers;

    @SuppressWarnings("NullAway.Init")
    private transient TableState state;

    @SuppressWarnings("NullAway.Init")
    private transient EnrichedRow row;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower remembered;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower lateRecord;

    @SuppressWarnings("NullAway.Init")
    private transient Counter unmatchedRecords;

    private transient boolean restored;

    TableOperator(
            EnrichPlan plan,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(failures, errors, late);
        this.plan = plan;
        this.layouts = layouts;
    }

    /** What the records of both inputs hold, those that are emitted, and those of the late port. */
    record Layouts(RecordType from, RecordType with, RecordType row, RecordType late) implements Serializable {}

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        restored = context.isRestored();
    }

    @Override
    public void open() throws Exception {
        super.open();
        unmatchedRecords = getMetricGroup().counter("unmatchedRecords");
        row = new EnrichedRow(plan, layouts.from, layouts.row);
        remembered = Narrowing.none(plan.with()).bind(layouts.with, plan.with());
        lateRecord = Narrowing.none(LateRecord.TYPE).bind(LateRecord.TYPE, layouts.late);
        timers = getInternalTimerService("table", IntSerializer.INSTANCE, this);
        state = new TableState(plan, layouts.from, getRuntimeContext());
    }

    @Override
    public void processElement1(StreamRecord<DataRecord> element) throws Exception {
        DataRecord record = element.getValue();
        if (!inTime(element, layouts.from)) {
            return;
        }
        long time = element.getTimestamp();
        if (!plan.byEventTime()) {
            Timeline versions = state.table().versions();
            emit(time, record, versions.isEmpty() ? null : versions.last());
            return;
        }
        Timeline waiting = state.waiting();
        if (waiting.isEmpty() || time < Timeline.time(waiting.first())) {
            if (!waiting.isEmpty()) {
                timers.deleteEventTimeTimer(DECIDE, Timeline.time(waiting.first()));
            }
            timers.registerEventTimeTimer(DECIDE, time);
        }
        state.await(waiting.with(time, record));
    }

    @Override
    public void processElement2(StreamRecord<DataRecord> element) throws Exception {
        if (!inTime(element, layouts.with)) {
            return;
        }
        long time = element.getTimestamp();
        DataRecord record = remembered.narrow(element.getValue());
        TableState.Table table = state.table();
        Timeline versions = (plan.byEventTime() ? table.versions() : Timeline.EMPTY).with(time, record);
        if (plan.byEventTime()) {
            versions = versions.without(versions.upTo(lateness().watermark()) - 1);
        }
        Long timer = table.expiryTimer();
        if (timer == null && plan.ttl() != EnrichPlan.FOR_GOOD) {
            timer = expiry(versions.last());
            timers.registerEventTimeTimer(EXPIRE, timer);
        }
        state.remember(versions, timer);
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, Integer> timer) throws Exception {
        if (timer.getNamespace().equals(DECIDE)) {
            decide();
        } else {
            expire(timer.getTimestamp());
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, Integer> timer) {
        throw new IllegalStateException("`enrich` has no processing time.");
    }

    private void decide() throws Exception {
        Timeline waiting = state.waiting();
        TableState.Table table = state.table();
        long watermark = timers.currentWatermark();
        int decided = waiting.upTo(watermark);
        for (DataRecord entry : waiting.entries().subList(0, decided)) {
            long time = Timeline.time(entry);
            emit(time, Timeline.record(entry), table.versions().at(time));
        }
        Timeline rest = waiting.without(decided);
        state.await(rest);
        if (!rest.isEmpty()) {
            timers.registerEventTimeTimer(DECIDE, Timeline.time(rest.first()));
        }
        int outdated = table.versions().upTo(watermark) - 1;
        if (outdated > 0) {
            state.remember(table.versions().without(outdated), table.expiryTimer());
        }
    }

    /** One timer per key: it moves on if the entry was updated since, and ends where nothing expires any more. */
    private void expire(long now) throws Exception {
        Timeline versions = state.table().versions();
        if (versions.isEmpty()) {
            return;
        }
        long expiry = expiry(versions.last());
        if (expiry <= now) {
            state.forget();
        } else if (plan.ttl() == EnrichPlan.FOR_GOOD) {
            state.remember(versions, null);
        } else {
            state.remember(versions, expiry);
            timers.registerEventTimeTimer(EXPIRE, expiry);
        }
    }

    private long expiry(DataRecord version) {
        long time = Timeline.time(version);
        return plan.ttl() > Long.MAX_VALUE - Math.max(0, time) ? Long.MAX_VALUE : time + plan.ttl();
    }

    private void emit(long time, DataRecord record, @Nullable DataRecord version) {
        boolean known = version != null && time < expiry(version);
        if (!known && plan.missing() == EnrichOptions.Missing.DROP) {
            unmatchedRecords.inc();
            return;
        }
        DataRecord found = known && version != null ? Timeline.record(version) : null;
        if (restored && lacksField(time, record, found)) {
            return;
        }
        try {
            output.collect(new StreamRecord<>(row.of(record, found), time));
        } catch (EvaluationException failure) {
            fail(failure, time, layouts.from, record);
        }
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
            DataRecord described = new DataRecord(
                    new Object[] {stage(), Instant.ofEpochMilli(time), RecordJson.write(type, record)},
                    record.origin());
            emitLate(lateRecord.narrow(described), time);
        }
        return false;
    }
}
