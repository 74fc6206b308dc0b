package io.pipewright.stages.window;

import io.pipewright.spi.expression.CheckedAggregate;
import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.expression.Evaluator;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.type.RecordType;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.jspecify.annotations.Nullable;

/** Makes the row of a window: the fields that something reads, in their order. */
final class PaneRow {

    private static final DataRecord NO_FIELDS = DataRecord.of();

    private final Column[] columns;

    PaneRow(WindowPlan plan, RecordType row, Map<String, CallAccumulator> accumulators) {
        Map<String, Column> all = new HashMap<>();
        for (int i = 0; i < plan.keys().size(); i++) {
            int position = i;
            all.put(plan.keys().get(i).name(), (key, window, pane, values) -> key.get(position));
        }
        all.put(WindowPlan.WINDOW_START, (key, window, pane, values) -> Instant.ofEpochMilli(window.getStart()));
        all.put(WindowPlan.WINDOW_END, (key, window, pane, values) -> Instant.ofEpochMilli(window.getEnd()));
        all.put(WindowPlan.FIRING, (key, window, pane, values) -> pane.get(0));
        for (WindowPlan.Aggregate aggregate : plan.aggregates()) {
            all.put(aggregate.name(), result(aggregate.expression(), accumulators));
        }
        columns = row.names().stream().map(all::get).toArray(Column[]::new);
    }

    private interface Column {
        @Nullable
        Object value(RecordKey key, TimeWindow window, DataRecord pane, List<DataRecord> values);
    }

    private static Column result(CheckedAggregate aggregate, Map<String, CallAccumulator> accumulators) {
        Evaluator evaluator = aggregate.result().evaluator(aggregate.resultScope());
        CallAccumulator[] calls = aggregate.calls().stream()
                .map(call -> accumulators.get(PaneLayout.name(call)))
                .toArray(CallAccumulator[]::new);
        return (key, window, pane, values) -> {
            @Nullable Object[] results = new Object[calls.length];
            for (int i = 0; i < calls.length; i++) {
                results[i] = calls[i].result(pane, values);
            }
            return evaluator.evaluate(NO_FIELDS, results);
        };
    }

    /** @throws EvaluationException if a result has no value */
    DataRecord of(RecordKey key, TimeWindow window, DataRecord pane, List<DataRecord> values) {
        @Nullable Object[] row = new Object[columns.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = columns[i].value(key, window, pane, values);
        }
        return new DataRecord(row, null);
    }
}
