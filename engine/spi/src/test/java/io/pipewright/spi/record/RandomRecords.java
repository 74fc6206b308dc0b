package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Record types and records of any shape, from a seed. */
final class RandomRecords {

    private static final long[] EDGES = {0, 1, -1, 63, 64, -64, -65, 127, 128, Integer.MAX_VALUE, Integer.MIN_VALUE};

    private final Random random;

    RandomRecords(long seed) {
        random = new Random(seed);
    }

    RecordType recordType(int depth) {
        List<Field> fields = new ArrayList<>();
        int count = random.nextInt(depth == 0 ? 20 : 4);
        for (int i = 0; i < count; i++) {
            fields.add(new Field("f" + i, type(depth), random.nextBoolean()));
        }
        return new RecordType("Random", fields);
    }

    private DataType type(int depth) {
        int kind = depth < 3 ? random.nextInt(14) : 0;
        return switch (kind) {
            case 11 -> new ListType(type(depth + 1));
            case 12 -> new MapType(type(depth + 1));
            case 13 -> recordType(depth + 1);
            default -> Scalar.values()[random.nextInt(Scalar.values().length)];
        };
    }

    DataRecord record(RecordType type) {
        Object[] values = new Object[type.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = type.fields().get(i);
            values[i] = field.nullable() && random.nextInt(3) == 0 ? null : value(field.type());
        }
        return new DataRecord(values, random.nextBoolean() ? null : origin());
    }

    private Origin origin() {
        return new Origin("topic-é" + random.nextInt(3), random.nextInt(200), random.nextLong() >>> 1);
    }

    Object value(DataType type) {
        if (type instanceof Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof RecordType record) {
            return record(record);
        }
        int size = random.nextInt(4);
        if (type instanceof ListType list) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                elements.add(value(list.element()));
            }
            return elements;
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            entries.put(text(), value(((MapType) type).value()));
        }
        return entries;
    }

    private Object scalar(Scalar scalar) {
        return switch (scalar) {
            case STRING, JSON -> text();
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextBoolean() ? random.nextInt() : (int) EDGES[random.nextInt(EDGES.length)];
            case LONG -> random.nextBoolean() ? random.nextLong() : EDGES[random.nextInt(EDGES.length)];
            case DOUBLE -> random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian() * 1e10;
            case DECIMAL -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(40) - 20)
                    .negate();
            case BYTES -> {
                byte[] bytes = new byte[random.nextInt(300)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case DATE -> LocalDate.ofEpochDay(random.nextInt(100_000) - 50_000);
            case TIMESTAMP -> Instant.ofEpochSecond(random.nextInt(), nanos());
            case DURATION -> Duration.ofSeconds(random.nextInt(), nanos());
        };
    }

    private int nanos() {
        return random.nextBoolean() ? random.nextInt(1000) * 1_000_000 : random.nextInt(1_000_000_000);
    }

    /** Latin-1, wide, with whole and half surrogate pairs; sometimes longer than any scratch buffer. */
    String text() {
        int length = random.nextInt(20) == 0 ? random.nextInt(70_000) : random.nextInt(12);
        int limit = List.of(0x80, 0x100, 0x10000).get(random.nextInt(3));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(limit));
        }
        return text.toString();
    }
}
