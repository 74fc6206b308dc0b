package io.pipewright.spi.record;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Instant;

/** The type of record that the union of all late ports, {@code late}, carries. */
public final class LateRecord {

    /** {@code Late {stage, eventTime, record}}, the record as JSON. */
    public static final RecordType TYPE = RecordType.of(
            "Late",
            Field.of("stage", Scalar.STRING),
            Field.of("eventTime", Scalar.TIMESTAMP),
            Field.of("record", Scalar.JSON));

    /** What the union carries of a late record, with the origin of that record. */
    public static DataRecord of(String stage, long time, RecordType type, DataRecord record) {
        return new DataRecord(
                new Object[] {stage, Instant.ofEpochMilli(time), RecordJson.write(type, record)}, record.origin());
    }

    private LateRecord() {}
}
