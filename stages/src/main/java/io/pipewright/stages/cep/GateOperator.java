package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Stands before Flink CEP, chained to it, and hands on to it what it lets in. */
final class GateOperator extends GatedOperator {

    private static final long serialVersionUID = 1L;

    private final boolean timed;

    GateOperator(
            CepPlan plan,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(plan, layouts, late, errors, failures);
        this.timed = plan.endsWithLimit();
    }

    @Override
    void letIn(DataRecord record, long conditions, long time) {
        DataRecord event = timed ? event(record, time, conditions) : event(record, conditions);
        output.collect(new StreamRecord<>(event, time));
    }
}
