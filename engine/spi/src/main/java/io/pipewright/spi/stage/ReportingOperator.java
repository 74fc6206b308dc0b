package io.pipewright.spi.stage;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** An operator of a stage that sends records which it cannot process to the stage's error port. */
public abstract class ReportingOperator extends AbstractStreamOperator<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final Failures failures;
    private final OutputTag<DataRecord> errors;

    protected ReportingOperator(Failures failures, OutputTag<DataRecord> errors) {
        this.failures = failures;
        this.errors = errors;
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        failures.open(getMetricGroup());
    }

    /** The stage's id. */
    protected final String stage() {
        return failures.stage();
    }

    /** Whether the record has an event time; one that has none is reported. */
    protected final boolean hasTime(StreamRecord<DataRecord> element, RecordType type) {
        if (!element.hasTimestamp()) {
            failures.report(
                    "no-event-time",
                    "The record has no event time.",
                    null,
                    type,
                    element.getValue(),
                    failed -> output.collect(errors, new StreamRecord<>(failed)));
        }
        return element.hasTimestamp();
    }

    /** Reports a record for which an expression has no value. */
    protected final void fail(EvaluationException failure, long time, RecordType type, DataRecord record) {
        fail(failure.code(), failure.reason(), time, type, record);
    }

    /** Reports a record that cannot be processed. */
    protected final void fail(String code, String reason, long time, RecordType type, DataRecord record) {
        failures.report(
                code, reason, time, type, record, failed -> output.collect(errors, new StreamRecord<>(failed, time)));
    }
}
