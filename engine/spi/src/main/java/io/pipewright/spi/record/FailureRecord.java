package io.pipewright.spi.record;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one type of record on every error port, and the ways to make one. */
public final class FailureRecord {

    /** {@code Failure {stage, code, reason, eventTime?, record?, raw?, topic?, partition?, offset?}}. */
    public static final RecordType TYPE = RecordType.of(
            "Failure",
            Field.of("stage", Scalar.STRING),
            Field.of("code", Scalar.STRING),
            Field.of("reason", Scalar.STRING),
            Field.nullable("eventTime", Scalar.TIMESTAMP),
            Field.nullable("record", Scalar.JSON),
            Field.nullable("raw", Scalar.BYTES),
            Field.nullable("topic", Scalar.STRING),
            Field.nullable("partition", Scalar.INT),
            Field.nullable("offset", Scalar.LONG));

    private FailureRecord() {}

    /** A failure of a source: the bytes as they were read, and where. */
    public static DataRecord ofRaw(
            String stage,
            String code,
            String reason,
            @Nullable Instant eventTime,
            byte[] raw,
            @Nullable Origin origin) {
        return make(stage, code, reason, eventTime, null, raw, origin);
    }

    /** A failure of a later stage: the record as JSON text, and where it came from if it came from one record. */
    public static DataRecord ofRecord(
            String stage,
            String code,
            String reason,
            @Nullable Instant eventTime,
            @Nullable String json,
            @Nullable Origin origin) {
        return make(stage, code, reason, eventTime, json, null, origin);
    }

    private static DataRecord make(
            String stage,
            String code,
            String reason,
            @Nullable Instant eventTime,
            @Nullable String json,
            byte @Nullable [] raw,
            @Nullable Origin origin) {
        @Nullable Object[] values = {stage, code, reason, eventTime, json, raw, null, null, null};
        if (origin != null) {
            values[6] = origin.topic();
            values[7] = origin.partition();
            values[8] = origin.offset();
        }
        return new DataRecord(values, origin);
    }
}
