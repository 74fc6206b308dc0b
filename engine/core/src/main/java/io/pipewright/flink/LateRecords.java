package io.pipewright.flink;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Turns the typed records of one late port into {@link io.pipewright.spi.record.LateRecord}s. */
final class LateRecords extends ProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final String stage;
    private final RecordType type;

    LateRecords(String stage, RecordType type) {
        this.stage = stage;
        this.type = type;
    }

    @Override
    public void processElement(DataRecord record, Context context, Collector<DataRecord> out) {
        out.collect(LateRecord.of(stage, context.timestamp(), type, record));
    }
}
