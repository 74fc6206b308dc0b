package io.pipewright.flink;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Brings the records of one input of a union to the fields that all its inputs have. */
final class Projection extends ProcessFunction<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final int[] positions;

    Projection(RecordType from, RecordType to) {
        this.positions = to.names().stream().mapToInt(from::position).toArray();
    }

    @Override
    public void processElement(DataRecord record, Context context, Collector<DataRecord> out) {
        out.collect(record.project(positions));
    }
}
