package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Stands before Flink CEP, chained to it, and hands on to it what it lets in. */
final class GateOperator extends GatedOperator {

    private static final long serialVersionUID = 1L;

    GateOperator(
            CepPlan plan,
            Layouts layouts,
            @Nullable OutputTag<DataRecord> late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(plan, layouts, late, errors, failures);
    }

    @Override
    void letIn(DataRecord record, long conditions, long time) {
        output.collect(new StreamRecord<>(event(record, conditions), time));
    }
}
