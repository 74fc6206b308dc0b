package io.pipewright.stages.enrich;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordSerializer;
import java.io.IOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** What is remembered of the current key: a version, which is a record of {@code with} and its time. */
final class TableState {

    private final ValueState<DataRecord> table;

    TableState(EnrichPlan plan, RuntimeContext context) {
        table = context.getState(new ValueStateDescriptor<>("table", new RecordSerializer(plan.table())));
    }

    /** The version, for the methods below; null if nothing is remembered. */
    @Nullable
    DataRecord version() throws IOException {
        return table.value();
    }

    static long time(DataRecord version) {
        return (Long) value(version, 0);
    }

    static DataRecord record(DataRecord version) {
        return (DataRecord) value(version, 1);
    }

    /** The time of the one timer that looks whether the version has expired; null for none. */
    static @Nullable Long expiryTimer(DataRecord version) {
        return (Long) version.get(2);
    }

    private static Object value(DataRecord version, int position) {
        Object value = version.get(position);
        if (value == null) {
            throw new IllegalStateException("A remembered record lacks its time or its values.");
        }
        return value;
    }

    void remember(long time, DataRecord record, @Nullable Long expiryTimer) throws IOException {
        table.update(DataRecord.of(time, record, expiryTimer));
    }

    void forget() {
        table.clear();
    }
}
