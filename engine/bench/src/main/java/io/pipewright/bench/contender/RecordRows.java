package io.pipewright.bench.contender;

import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.RowHash;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The rows of the pipeline's sinks as the oracle knows them. */
record RecordRows(ResultKind kind, RecordType type) implements Serializable {

    long hash(DataRecord row) {
        return switch (kind) {
            case VOLUMES -> RowHash.volume(
                    text(row, "channel"), millis(row, "windowStart"), millis(row, "windowEnd"), number(row, "volume"));
            case ALERTS -> RowHash.alert(
                    text(row, "customerId"),
                    text(row, "channel"),
                    millis(row, "timestamp"),
                    number(row, "failureCount"),
                    text(row, "alertType"),
                    type.indexOf("tier") < 0 ? "" : text(row, "tier"));
            case LATE -> RowHash.late(text(row, "stage"), millis(row, "eventTime"));
            case DEAD_LETTERS -> value(row, "raw") instanceof byte[] raw
                    ? RowHash.malformed(raw)
                    : RowHash.incomplete(millis(row, "eventTime"));
            case RECORDS -> 0;
        };
    }

    private @Nullable Object value(DataRecord row, String field) {
        return row.get(type.position(field));
    }

    private String text(DataRecord row, String field) {
        return String.valueOf(value(row, field));
    }

    private long millis(DataRecord row, String field) {
        return value(row, field) instanceof Instant instant ? instant.toEpochMilli() : Long.MIN_VALUE;
    }

    private long number(DataRecord row, String field) {
        return value(row, field) instanceof Number number ? number.longValue() : Long.MIN_VALUE;
    }
}
