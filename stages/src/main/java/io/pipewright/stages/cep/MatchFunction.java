package io.pipewright.stages.cep;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Is told of a match by Flink CEP, and emits its record. */
class MatchFunction extends PatternProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final CepPlan plan;
    private final Layouts layouts;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    @SuppressWarnings("NullAway.Init")
    private transient MatchRow row;

    @SuppressWarnings("NullAway.Init")
    private transient List<String> stepIds;

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
        row = new MatchRow(plan, layouts.matched, layouts.row);
        stepIds = plan.stepIds();
        eventFields = IntStream.range(0, layouts.event.size()).toArray();
    }

    @Override
    public void processMatch(Map<String, List<DataRecord>> match, Context context, Collector<DataRecord> out) {
        List<DataRecord>[] steps = steps(match);
        long time = plan.endsWithLimit() ? limit(steps) : context.timestamp();
        try {
            collect(row.of(steps), time, out);
        } catch (EvaluationException failure) {
            failures.report(
                    failure,
                    time,
                    layouts.event,
                    last(steps).project(eventFields),
                    failed -> context.output(errors, failed));
        }
    }

    /** Flink CEP gives a match the time of the watermark if no event completes it; at the end of all that is no time. */
    private static void collect(DataRecord row, long time, Collector<DataRecord> out) {
        if (!(out instanceof TimestampedCollector<DataRecord> timed)) {
            throw new IllegalStateException("Flink CEP's collector sets no times: " + out.getClass());
        }
        timed.setAbsoluteTimestamp(time);
        timed.collect(row);
    }

    /** When the match was over: {@code within} after its first event. */
    private long limit(List<DataRecord>[] steps) {
        long first = Long.MAX_VALUE;
        for (List<DataRecord> events : steps) {
            for (DataRecord event : events) {
                first = event.get(eventFields.length) instanceof Long time ? Math.min(first, time) : first;
            }
        }
        return first > Long.MAX_VALUE - plan.within() ? Long.MAX_VALUE : first + plan.within();
    }

    /** The events of each step, none for one that was not reached. */
    final List<DataRecord>[] steps(Map<String, List<DataRecord>> match) {
        @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
        List<DataRecord>[] steps = new List[stepIds.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = match.getOrDefault(stepIds.get(i), List.of());
        }
        return steps;
    }

    /** The last event of the last step that is there; a match has events. */
    private static DataRecord last(List<DataRecord>[] steps) {
        int step = steps.length - 1;
        while (steps[step].isEmpty()) {
            step--;
        }
        return steps[step].get(steps[step].size() - 1);
    }
}
