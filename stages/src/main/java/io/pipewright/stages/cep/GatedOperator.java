package io.pipewright.stages.cep;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.EventTimeOperator;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Lets in what a pattern may see: events in time, each with the conditions that are on it alone evaluated once, as the
 * bits of its last field.
 *
 * <p>An event with a condition that fails is kept out of the pattern. Late is what Flink CEP holds for late, and what it
 * would have held for late before a restore.
 */
abstract class GatedOperator extends EventTimeOperator implements OneInputStreamOperator<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final CepPlan plan;
    private final Layouts layouts;

    @SuppressWarnings("NullAway.Init")
    private transient @Nullable Evaluator[] conditions;

    @SuppressWarnings("NullAway.Init")
    private transient int[] positions;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower lateRecord;

    GatedOperator(
            CepPlan plan,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(failures, errors, late);
        this.plan = plan;
        this.layouts = layouts;
    }

    /**
     * What the records hold that come in, are let in, and are late.
     *
     * @param event the fields that a match needs, without the conditions
     */
    record Layouts(RecordType input, RecordType event, RecordType late) implements Serializable {}

    @Override
    public void open() throws Exception {
        super.open();
        lateRecord = Narrowing.none(plan.input()).bind(layouts.input, layouts.late);
        positions =
                layouts.event.names().stream().mapToInt(layouts.input::position).toArray();
        Scope scope = Scope.of(layouts.input);
        conditions = plan.conditions().stream()
                .map(condition -> condition.map(known -> known.evaluator(scope)).orElse(null))
                .toArray(Evaluator[]::new);
    }

    final Layouts layouts() {
        return layouts;
    }

    /**
     * Takes an event that belongs to the pattern.
     *
     * @param conditions as {@link CepPlan#conditions} numbers them
     */
    abstract void letIn(DataRecord record, long conditions, long time) throws Exception;

    @Override
    public void processElement(StreamRecord<DataRecord> element) throws Exception {
        DataRecord record = element.getValue();
        if (!hasTime(element, layouts.input)) {
            return;
        }
        long time = element.getTimestamp();
        if (lateness().isLate(time)) {
            if (countLate()) {
                emitLate(lateRecord.narrow(record), time);
            }
            return;
        }
        long bits;
        try {
            bits = evaluate(record);
        } catch (EvaluationException failure) {
            fail(failure, time, layouts.input, record);
            return;
        }
        letIn(record, bits, time);
    }

    /** The bits of the conditions that the event meets; what is not decided here counts as met. */
    private long evaluate(DataRecord record) {
        long bits = 0;
        for (int i = 0; i < conditions.length; i++) {
            Evaluator condition = conditions[i];
            if (condition == null || condition.test(record)) {
                bits |= 1L << i;
            }
        }
        return bits;
    }

    /** The fields of an event that a match needs, and the bits of its conditions. */
    final DataRecord event(DataRecord record, long bits) {
        @Nullable Object[] values = fields(record, 1);
        values[positions.length] = bits;
        return new DataRecord(values, record.origin());
    }

    /** The same with its time before the bits. */
    final DataRecord event(DataRecord record, long time, long bits) {
        @Nullable Object[] values = fields(record, 2);
        values[positions.length] = time;
        values[positions.length + 1] = bits;
        return new DataRecord(values, record.origin());
    }

    private @Nullable Object[] fields(DataRecord record, int more) {
        @Nullable Object[] values = new Object[positions.length + more];
        for (int i = 0; i < positions.length; i++) {
            values[i] = record.get(positions[i]);
        }
        return values;
    }
}
