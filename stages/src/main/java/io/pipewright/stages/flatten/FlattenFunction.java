package io.pipewright.stages.flatten;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.AddedValues;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Emits a record for each element, in the order of the list. */
final class FlattenFunction extends ProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final FlattenPlan plan;
    private final RecordType input;
    private final RecordType row;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    @SuppressWarnings("NullAway.Init")
    private transient Evaluator list;

    @SuppressWarnings("NullAway.Init")
    private transient AddedValues rows;

    @SuppressWarnings("NullAway.Init")
    private transient Counter emptyLists;

    FlattenFunction(
            FlattenPlan plan, RecordType input, RecordType row, OutputTag<DataRecord> errors, Failures failures) {
        this.plan = plan;
        this.input = input;
        this.row = row;
        this.errors = errors;
        this.failures = failures;
    }

    @Override
    public void open(OpenContext context) {
        failures.open(getRuntimeContext().getMetricGroup());
        emptyLists = getRuntimeContext().getMetricGroup().counter("emptyLists");
        list = plan.list().evaluator(Scope.of(input));
        rows = AddedValues.bind(List.of(plan.field()), input, row);
    }

    @Override
    public void processElement(DataRecord record, Context context, Collector<DataRecord> out) {
        List<?> elements;
        try {
            elements = (List<?>) list.evaluate(record);
        } catch (EvaluationException failure) {
            failures.report(failure, context.timestamp(), input, record, failed -> context.output(errors, failed));
            return;
        }
        if (elements == null || elements.isEmpty()) {
            emptyLists.inc();
            return;
        }
        for (Object element : elements) {
            out.collect(rows.of(record, element));
        }
    }
}
