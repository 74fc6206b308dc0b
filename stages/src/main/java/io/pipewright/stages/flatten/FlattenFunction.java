package io.pipewright.stages.flatten;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Emits a record for each element, in the order of the list. */
final class FlattenFunction extends ProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    /** The place of the element in what is read of the input. */
    private static final int ELEMENT = -1;

    private final FlattenPlan plan;
    private final RecordType input;
    private final RecordType row;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    @SuppressWarnings("NullAway.Init")
    private transient Evaluator list;

    @SuppressWarnings("NullAway.Init")
    private transient int[] positions;

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
        positions = row.names().stream()
                .mapToInt(name -> name.equals(plan.field()) ? ELEMENT : input.position(name))
                .toArray();
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
            out.collect(row(record, element));
        }
    }

    private DataRecord row(DataRecord record, Object element) {
        @Nullable Object[] values = new Object[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = positions[i] == ELEMENT ? element : record.get(positions[i]);
        }
        return new DataRecord(values, record.origin());
    }
}
