package io.pipewright.stages.cep;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Lateness;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Flink CEP, chained to it, and lets in what it may see: events in time, each with the conditions of all
 * steps evaluated once, as the bits of its last field.
 *
 * <p>An event with a condition that fails is kept out of the pattern. Late is what Flink CEP holds for late, and what it
 * would have held for late before a restore.
 */
final class GateOperator extends AbstractStreamOperator<DataRecord>
        implements OneInputStreamOperator<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final CepPlan plan;
    private final Layouts layouts;
    private final @Nullable OutputTag<DataRecord> late;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    @SuppressWarnings("NullAway.Init")
    private transient Lateness lateness;

    @SuppressWarnings("NullAway.Init")
    private transient @Nullable Evaluator[] conditions;

    @SuppressWarnings("NullAway.Init")
    private transient int[] positions;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower lateRecord;

    @SuppressWarnings("NullAway.Init")
    private transient Counter lateRecords;

    GateOperator(
            CepPlan plan,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        this.plan = plan;
        this.layouts = layouts;
        this.late = late;
        this.errors = errors;
        this.failures = failures;
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    /**
     * What the records hold that come in, go on to Flink CEP, and are late.
     *
     * @param event the fields that a match needs, without the conditions
     */
    record Layouts(RecordType input, RecordType event, RecordType late) implements Serializable {}

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        lateness = Lateness.restore(context.getOperatorStateStore());
    }

    @Override
    public void open() throws Exception {
        super.open();
        failures.open(getMetricGroup());
        lateRecords = getMetricGroup().counter("lateRecords");
        lateRecord = Narrowing.none(plan.input()).bind(layouts.input, layouts.late);
        positions =
                layouts.event.names().stream().mapToInt(layouts.input::position).toArray();
        Scope scope = Scope.of(layouts.input);
        conditions = new Evaluator[plan.steps().size()];
        for (int i = 0; i < conditions.length; i++) {
            CepPlan.Step step = plan.steps().get(i);
            conditions[i] = step.where() == null ? null : step.where().evaluator(scope);
        }
    }

    @Override
    public void processElement(StreamRecord<DataRecord> element) {
        DataRecord record = element.getValue();
        if (!element.hasTimestamp()) {
            failures.report(
                    "no-event-time",
                    "The record has no event time.",
                    null,
                    layouts.input,
                    record,
                    failed -> output.collect(errors, new StreamRecord<>(failed)));
            return;
        }
        long time = element.getTimestamp();
        if (lateness.isLate(time)) {
            lateRecords.inc();
            if (late != null) {
                output.collect(late, new StreamRecord<>(lateRecord.narrow(record), time));
            }
            return;
        }
        long bits;
        try {
            bits = evaluate(record);
        } catch (EvaluationException failure) {
            failures.report(
                    failure,
                    time,
                    layouts.input,
                    record,
                    failed -> output.collect(errors, new StreamRecord<>(failed, time)));
            return;
        }
        output.collect(new StreamRecord<>(event(record, bits), time));
    }

    private long evaluate(DataRecord record) {
        long bits = 0;
        for (int i = 0; i < conditions.length; i++) {
            Evaluator condition = conditions[i];
            if (condition != null && condition.test(record)) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    private DataRecord event(DataRecord record, long bits) {
        @Nullable Object[] values = new Object[positions.length + 1];
        for (int i = 0; i < positions.length; i++) {
            values[i] = record.get(positions[i]);
        }
        values[positions.length] = bits;
        return new DataRecord(values, record.origin());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        lateness.advance(mark.getTimestamp());
        super.processWatermark(mark);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        lateness.snapshot();
    }
}
