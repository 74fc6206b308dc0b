package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Map;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Also tells of the partial matches that ran out of time: the events of each step so far. */
final class TimedMatchFunction extends MatchFunction implements TimedOutPartialMatchHandler<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final OutputTag<DataRecord> timedOut;
    private final int[] steps;
    private final int[] fields;

    /** @param event the layout of an event as {@code timedOut} carries it, which is all of the input */
    TimedMatchFunction(
            CepPlan plan,
            Layouts layouts,
            OutputTag<DataRecord> errors,
            Failures failures,
            OutputTag<DataRecord> timedOut,
            RecordType timedOutRow) {
        super(plan, layouts, errors, failures);
        this.timedOut = timedOut;
        this.steps =
                timedOutRow.names().stream().mapToInt(plan.stepIds()::indexOf).toArray();
        this.fields = plan.input().names().stream()
                .mapToInt(layouts.event()::position)
                .toArray();
    }

    @Override
    public void processTimedOutMatch(Map<String, List<DataRecord>> match, Context context) {
        @Nullable Object[] values = new Object[steps.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = events(match, steps[i]).stream()
                    .map(event -> event.project(fields))
                    .toList();
        }
        context.output(timedOut, new DataRecord(values, null));
    }
}
