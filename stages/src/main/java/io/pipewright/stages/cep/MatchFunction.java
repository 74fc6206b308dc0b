package io.pipewright.stages.cep;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Makes the record of a match: the fields that something reads, in their order, from the events of each step. */
class MatchFunction extends PatternProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;
    private static final DataRecord NO_FIELDS = DataRecord.of();

    private final CepPlan plan;
    private final Layouts layouts;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    @SuppressWarnings("NullAway.Init")
    private transient String[] steps;

    @SuppressWarnings("NullAway.Init")
    private transient Evaluator[] emitted;

    @SuppressWarnings("NullAway.Init")
    private transient int[] eventFields;

    MatchFunction(CepPlan plan, Layouts layouts, OutputTag<DataRecord> errors, Failures failures) {
        this.plan = plan;
        this.layouts = layouts;
        this.errors = errors;
        this.failures = failures;
    }

    /**
     * What the records hold.
     *
     * @param event without the conditions
     * @param matched an event as it is inside Flink CEP, with the conditions
     * @param row what is emitted
     */
    record Layouts(RecordType event, RecordType matched, RecordType row) implements Serializable {}

    @Override
    public void open(OpenContext context) {
        failures.open(getRuntimeContext().getMetricGroup());
        steps = plan.stepIds().toArray(String[]::new);
        Scope scope = CepPlan.scope(plan.stepIds(), layouts.matched);
        emitted = layouts.row.names().stream()
                .map(name -> plan.emitted().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .expression()
                        .evaluator(scope))
                .toArray(Evaluator[]::new);
        eventFields = IntStream.range(0, layouts.event.size()).toArray();
    }

    @Override
    public void processMatch(Map<String, List<DataRecord>> match, Context context, Collector<DataRecord> out) {
        @Nullable Object[] variables = new Object[steps.length];
        for (int i = 0; i < steps.length; i++) {
            variables[i] = events(match, i);
        }
        try {
            @Nullable Object[] values = new Object[emitted.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = emitted[i].evaluate(NO_FIELDS, variables);
            }
            out.collect(new DataRecord(values, null));
        } catch (EvaluationException failure) {
            failures.report(
                    failure,
                    context.timestamp(),
                    layouts.event,
                    lastEvent(match).project(eventFields),
                    failed -> context.output(errors, failed));
        }
    }

    /** The events of a step, none for one that was not reached. */
    final List<DataRecord> events(Map<String, List<DataRecord>> match, int step) {
        List<DataRecord> events = match.get(steps[step]);
        return events == null ? List.of() : events;
    }

    private DataRecord lastEvent(Map<String, List<DataRecord>> match) {
        List<DataRecord> events = events(match, steps.length - 1);
        return events.get(events.size() - 1);
    }
}
