package io.pipewright.stages.fields;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Makes of each record the one with the computed fields; a record for which one has no value has failed. */
final class FieldsFunction extends ProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final ComputedFields computed;
    private final RecordType input;
    private final RecordType row;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    @SuppressWarnings("NullAway.Init")
    private transient ComputedFields.Rows rows;

    FieldsFunction(
            ComputedFields computed,
            RecordType input,
            RecordType row,
            OutputTag<DataRecord> errors,
            Failures failures) {
        this.computed = computed;
        this.input = input;
        this.row = row;
        this.errors = errors;
        this.failures = failures;
    }

    @Override
    public void open(OpenContext context) {
        failures.open(getRuntimeContext().getMetricGroup());
        rows = computed.bind(Scope.of(input), row);
    }

    @Override
    public void processElement(DataRecord record, Context context, Collector<DataRecord> out) {
        DataRecord made;
        try {
            made = rows.of(record);
        } catch (EvaluationException failure) {
            failures.report(failure, context.timestamp(), input, record, failed -> context.output(errors, failed));
            return;
        }
        out.collect(made);
    }
}
