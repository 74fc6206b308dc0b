package io.pipewright.stages.enrich;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** What is kept for the current key: the versions of what is remembered, and the records that wait. */
final class TableState {

    private final ValueState<DataRecord> table;
    private final ValueState<DataRecord> pending;

    TableState(EnrichPlan plan, RecordType from, RuntimeContext context) {
        table = context.getState(new ValueStateDescriptor<>("table", new RecordSerializer(plan.table())));
        pending =
                context.getState(new ValueStateDescriptor<>("pending", new RecordSerializer(EnrichPlan.pending(from))));
    }

    /**
     * What is remembered of a key.
     *
     * @param expiryTimer the time of the one timer that looks whether it has expired; null for none
     */
    record Table(Timeline versions, @Nullable Long expiryTimer) {
        private static final Table EMPTY = new Table(Timeline.EMPTY, null);
    }

    Table table() throws IOException {
        DataRecord kept = table.value();
        return kept == null ? Table.EMPTY : new Table(timeline(kept), (Long) kept.get(1));
    }

    void remember(Timeline versions, @Nullable Long expiryTimer) throws IOException {
        table.update(DataRecord.of(versions.entries(), expiryTimer));
    }

    void forget() {
        table.clear();
    }

    Timeline waiting() throws IOException {
        DataRecord kept = pending.value();
        return kept == null ? Timeline.EMPTY : timeline(kept);
    }

    void await(Timeline waiting) throws IOException {
        if (waiting.isEmpty()) {
            pending.clear();
        } else {
            pending.update(DataRecord.of(waiting.entries()));
        }
    }

    @SuppressWarnings("unchecked") // as the types of both states say
    private static Timeline timeline(DataRecord kept) {
        Object entries = kept.get(0);
        return entries == null ? Timeline.EMPTY : new Timeline((List<DataRecord>) entries);
    }
}
