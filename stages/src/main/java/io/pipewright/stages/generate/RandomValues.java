package io.pipewright.stages.generate;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Random values of any type, small ones that are easy to read. */
record RandomValues(Draw draw, Instant time) {

    private static final int MOST_ELEMENTS = 3;
    private static final int LETTERS = 8;
    private static final int BELOW = 1_000;
    private static final int ONE_NULL_IN = 10;

    /** Null for the unknown fields of a record that keeps them: none are made. */
    @Nullable
    Object of(Field field) {
        if (field.name().equals(KeptFields.NAME)) {
            return null;
        }
        return field.nullable() && draw.nextInt(ONE_NULL_IN) == 0 ? null : of(field.type());
    }

    private Object of(DataType type) {
        if (type instanceof Scalar scalar) {
            return of(scalar);
        }
        if (type instanceof RecordType record) {
            return new DataRecord(record.fields().stream().map(this::of).toArray(), null);
        }
        int size = draw.nextInt(MOST_ELEMENTS + 1);
        if (type instanceof ListType list) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                elements.add(of(list.element()));
            }
            return elements;
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            entries.put("key" + i, of(((MapType) type).value()));
        }
        return entries;
    }

    private Object of(Scalar type) {
        return switch (type) {
            case STRING -> letters();
            case BOOLEAN -> draw.nextBoolean();
            case INT -> draw.nextInt(BELOW);
            case LONG -> draw.nextLong(BELOW);
            case DOUBLE -> draw.nextDouble() * BELOW;
            case DECIMAL -> BigDecimal.valueOf(draw.nextLong(100L * BELOW), 2);
            case BYTES -> bytes();
            case DATE -> time.atZone(ZoneOffset.UTC).toLocalDate();
            case TIMESTAMP -> time;
            case DURATION -> Duration.ofMillis(draw.nextLong(1_000L * BELOW));
            case JSON -> throw new IllegalArgumentException("No declared field is of type `json`.");
        };
    }

    private String letters() {
        StringBuilder text = new StringBuilder(LETTERS);
        for (int i = 0; i < LETTERS; i++) {
            text.append((char) ('a' + draw.nextInt(26)));
        }
        return text.toString();
    }

    private byte[] bytes() {
        byte[] bytes = new byte[LETTERS];
        draw.nextBytes(bytes);
        return bytes;
    }
}
