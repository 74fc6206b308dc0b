package io.pipewright.spi.record;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;

/** The type of record that the union of all late ports, {@code late}, carries. */
public final class LateRecord {

    /** {@code Late {stage, eventTime, record}}, the record as JSON. */
    public static final RecordType TYPE = RecordType.of(
            "Late",
            Field.of("stage", Scalar.STRING),
            Field.of("eventTime", Scalar.TIMESTAMP),
            Field.of("record", Scalar.JSON));

    private LateRecord() {}
}
