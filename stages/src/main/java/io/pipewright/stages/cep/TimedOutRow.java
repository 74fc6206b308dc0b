package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the record of a partial match that ran out of time: the events of each step so far. */
final class TimedOutRow {

    private final int[] steps;
    private final int[] fields;

    /**
     * @param event the layout of an event in a match, which has all of the input
     * @param row what is emitted
     */
    TimedOutRow(CepPlan plan, RecordType event, RecordType row) {
        this.steps = row.names().stream().mapToInt(plan.stepIds()::indexOf).toArray();
        this.fields = plan.input().names().stream().mapToInt(event::position).toArray();
    }

    DataRecord of(List<DataRecord>[] events) {
        @Nullable Object[] values = new Object[steps.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = events[steps[i]].stream()
                    .map(event -> event.project(fields))
                    .toList();
        }
        return new DataRecord(values, null);
    }
}
