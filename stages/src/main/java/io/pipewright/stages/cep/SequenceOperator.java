package io.pipewright.stages.cep;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.stage.EventTimeBuffer;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Finds patterns that can be decided by the conditions of each event alone, with the results of Flink CEP.
 *
 * <p>Events wait for the watermark, each with its conditions as bits; then those of a key are looked at in the order of
 * their times, equal times in the order of arrival. Where those of each key come in that order anyhow, as behind a stage
 * that has let them wait, they are looked at as they come. A key with which no match has begun has neither state nor timer.
 */
final class SequenceOperator extends GatedOperator implements Triggerable<RecordKey, VoidNamespace>, Runs.Findings {

    private static final long serialVersionUID = 1L;

    /**
     * For how many events of runs there is room on the heap of a subtask, before those of the keys used longest ago go to
     * state. With few fields they take some 20 MB; the runs of a checkpoint's 10 s at 100,000 events a second, of which a
     * tenth begin or go on with a match, find room.
     */
    static final int ROOM = 100_000;

    private static final String RUNS = "runs";

    private final CepPlan plan;
    private final Outputs outputs;
    private final int room;
    private final boolean inOrder;

    @SuppressWarnings("NullAway.Init")
    private transient EventTimeBuffer buffer;

    @SuppressWarnings("NullAway.Init")
    private transient LiveRuns live;

    @SuppressWarnings("NullAway.Init")
    private transient MatchRow row;

    private transient @Nullable TimedOutRow timedOutRow;

    @SuppressWarnings("NullAway.Init")
    private transient int[] eventFields;

    /** By step: what is seen of its events. */
    @SuppressWarnings("NullAway.Init")
    private transient List<Seen> seen;

    private transient int steps;

    /** Whether events are looked at as they come; not as long as some wait from before a restore. */
    private transient boolean straight;

    /**
     * @param room for how many events of runs there is on the heap
     * @param inOrder whether the events of each key come in the order of their times
     */
    SequenceOperator(
            CepPlan plan,
            Layouts layouts,
            Outputs outputs,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures,
            int room,
            boolean inOrder) {
        super(plan, layouts, late, errors, failures);
        this.plan = plan;
        this.outputs = outputs;
        this.room = room;
        this.inOrder = inOrder;
    }

    @Override
    public void open() throws Exception {
        super.open();
        RecordType event = layouts().event();
        RecordType matched = CepPlan.matched(event, plan.patternName());
        eventFields = IntStream.range(0, event.size()).toArray();
        steps = plan.steps().size();
        seen = IntStream.range(0, steps).mapToObj(step -> seen(step, event)).toList();
        row = new MatchRow(plan, matched, outputs.row());
        timedOutRow = outputs.timedOut() == null ? null : new TimedOutRow(plan, event, outputs.timedOutRow());
        buffer = EventTimeBuffer.open(this, "waiting", List.of(new EventTimeBuffer.Channel("event", matched)));
        straight = inOrder && buffer.isEmpty();
        Runs.Pattern pattern = Runs.Pattern.of(plan);
        ValueState<DataRecord> runs = getRuntimeContext()
                .getState(new ValueStateDescriptor<>(RUNS, new RecordSerializer(RunsFormat.type(matched))));
        try (Stream<RecordKey> keys = this.<RecordKey>getKeyedStateBackend().getKeys(RUNS, VoidNamespace.INSTANCE)) {
            live = new LiveRuns(
                    runs,
                    new RunsFormat(plan.patternName(), pattern),
                    pattern,
                    getInternalTimerService("due", VoidNamespaceSerializer.INSTANCE, this),
                    this,
                    getMetricGroup().counter("lostPartialMatches"),
                    outputs.timedOut() != null,
                    room,
                    keys);
        }
    }

    private record Seen(int[] positions, RecordType type) {}

    private Seen seen(int step, RecordType event) {
        Map<String, Set<String>> read = CepBuilder.read(outputs.row(), outputs.timedOut() != null);
        List<String> names = event.names().stream()
                .filter(field -> (plan.seenOf(field, read) & 1L << step) != 0)
                .toList();
        return new Seen(names.stream().mapToInt(event::position).toArray(), event.project(names));
    }

    @Override
    void letIn(DataRecord record, long conditions, long time) throws Exception {
        RecordKey key = key(getStateKeySelector1(), record);
        if (!straight) {
            buffer.add(0, time, key, event(record, conditions));
        } else if (live.concerns(key, conditions)) {
            setCurrentKey(key);
            live.look(event(record, conditions), time, conditions, this);
        }
    }

    /** An event that begins to wait needs no current key; it gets it when it is handed out. */
    @Override
    public boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        buffer.drain(mark.getTimestamp(), (channel, time, event) -> look(event, time));
        live.advance(mark.getTimestamp(), this);
        straight = inOrder && (straight || buffer.isEmpty());
        super.processWatermark(mark);
    }

    private void look(DataRecord event, long time) throws Exception {
        if (event.get(eventFields.length) instanceof Long conditions) {
            live.look(event, time, conditions, this);
        } else {
            fail(
                    "not-in-state",
                    "The record was waiting when the pattern was edited.",
                    time,
                    layouts().event(),
                    event.project(eventFields));
        }
    }

    @Override
    public void onEventTime(InternalTimer<RecordKey, VoidNamespace> timer) throws Exception {
        live.due(this);
    }

    @Override
    public void onProcessingTime(InternalTimer<RecordKey, VoidNamespace> timer) {
        throw new IllegalStateException("`cep` has no processing time.");
    }

    @Override
    public void found(Taken match, long time) {
        List<DataRecord>[] events = match.bySteps(steps);
        if (isRestored() && lacksField(match, time, events)) {
            return;
        }
        try {
            output.collect(new StreamRecord<>(row.of(events), time));
        } catch (EvaluationException failure) {
            fail(failure, time, layouts().event(), last(match));
        }
    }

    @Override
    public void timedOut(Taken match, long time) {
        if (timedOutRow == null || outputs.timedOut() == null) {
            return;
        }
        List<DataRecord>[] events = match.bySteps(steps);
        if (!isRestored() || !lacksField(match, time, events)) {
            output.collect(outputs.timedOut(), new StreamRecord<>(timedOutRow.of(events), time));
        }
    }

    /**
     * Whether an event was taken before a field was declared, or before it was looked at in events of its step, that may not
     * be null; then the match has failed.
     */
    private boolean lacksField(Taken match, long time, List<DataRecord>[] steps) {
        for (int step = 0; step < steps.length; step++) {
            Seen ofStep = seen.get(step);
            for (DataRecord event : steps[step]) {
                String missing = event.project(ofStep.positions).missingField(ofStep.type);
                if (missing != null) {
                    String reason = "An event of the match was taken before `" + missing + "` was asked for.";
                    fail("not-in-state", reason, time, layouts().event(), last(match));
                    return true;
                }
            }
        }
        return false;
    }

    private DataRecord last(Taken match) {
        return match.event().record().project(eventFields);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        buffer.snapshot();
        live.save();
    }

    /**
     * What it emits.
     *
     * @param timedOut null if nobody reads it
     */
    record Outputs(RecordType row, @Nullable OutputTag<DataRecord> timedOut, RecordType timedOutRow)
            implements Serializable {}
}
