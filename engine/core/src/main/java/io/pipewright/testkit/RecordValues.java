package io.pipewright.testkit;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Records as tests write and read them: maps from field names to values.
 *
 * <p>Whole numbers may be of any Java class and stand for a {@code timestamp} as milliseconds since the epoch, too.
 */
final class RecordValues {

    private RecordValues() {}

    /** A record of a type; absent fields are null. */
    static DataRecord record(RecordType type, Map<String, ?> values) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (String name : values.keySet()) {
            if (type.indexOf(name) < 0 && KeptFields.in(type)) {
                kept.put(name, json(values.get(name)));
            } else if (type.indexOf(name) < 0) {
                throw new IllegalArgumentException(
                        "`" + type.name() + "` has no field `" + name + "`, only " + type.names());
            }
        }
        @Nullable Object[] row = new Object[type.size()];
        for (int i = 0; i < row.length; i++) {
            Field field = type.fields().get(i);
            Object value = values.get(field.name());
            if (value == null && !field.nullable()) {
                throw new IllegalArgumentException("`" + field.name() + "` of `" + type.name() + "` cannot be null.");
            }
            row[i] = value == null ? null : value(field, field.type(), value);
        }
        if (!kept.isEmpty()) {
            row[type.position(KeptFields.NAME)] = kept;
        }
        return new DataRecord(row, null);
    }

    /** What has no type, as JSON. */
    private static String json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, String> fields = new LinkedHashMap<>();
            map.forEach((name, each) -> fields.put(String.valueOf(name), json(each)));
            return RecordJson.object(fields);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RecordValues::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        StringBuilder text = new StringBuilder();
        RecordJson.appendText(text, value.toString());
        return text.toString();
    }

    private static Object value(Field field, DataType type, Object given) {
        if (type instanceof RecordType nested && given instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> byName = new LinkedHashMap<>();
            map.forEach((name, inner) -> byName.put(String.valueOf(name), inner));
            return record(nested, byName);
        }
        if (type instanceof ListType list && given instanceof List<?> all) {
            return all.stream().map(each -> value(field, list.element(), each)).toList();
        }
        if (type instanceof MapType entries && given instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, each) -> all.put(String.valueOf(key), value(field, entries.value(), each)));
            return all;
        }
        Object converted =
                type instanceof Scalar scalar && given instanceof Number number ? number(scalar, number) : given;
        if (type instanceof Scalar scalar && scalar.javaClass().isInstance(converted)) {
            return converted;
        }
        throw new IllegalArgumentException("`" + field.name() + "` is `" + field.text() + "`, and cannot be " + given
                + " (" + given.getClass().getSimpleName() + ").");
    }

    private static Object number(Scalar type, Number number) {
        return switch (type) {
            case INT -> Math.toIntExact(number.longValue());
            case LONG -> number.longValue();
            case DOUBLE -> number.doubleValue();
            case DECIMAL -> new BigDecimal(number.toString());
            case TIMESTAMP -> Instant.ofEpochMilli(number.longValue());
            default -> number;
        };
    }

    /** The fields of a record by name, in the type's order; nested records are maps, too. */
    static Map<String, @Nullable Object> fields(RecordType type, DataRecord record) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < type.size(); i++) {
            fields.put(type.fields().get(i).name(), plain(type.fields().get(i).type(), record.get(i)));
        }
        return fields;
    }

    private static @Nullable Object plain(DataType type, @Nullable Object value) {
        if (type instanceof RecordType nested && value instanceof DataRecord record) {
            return fields(nested, record);
        }
        if (type instanceof ListType list && value instanceof List<?> all) {
            return all.stream().map(each -> plain(list.element(), each)).toList();
        }
        if (type instanceof MapType entries && value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            map.forEach((key, each) -> all.put(String.valueOf(key), plain(entries.value(), each)));
            return all;
        }
        return value;
    }

    /** Whether a row has the expected values, of the fields that are named. */
    static boolean fits(Map<String, ?> expected, Map<String, ?> row) {
        return expected.entrySet().stream()
                .allMatch(field -> row.containsKey(field.getKey()) && equal(field.getValue(), row.get(field.getKey())));
    }

    private static boolean equal(@Nullable Object expected, @Nullable Object actual) {
        if (expected instanceof Number number && actual instanceof Instant time) {
            return number.longValue() == time.toEpochMilli();
        }
        if (expected instanceof Number one && actual instanceof Number other) {
            return one.equals(other) || (isFinite(one) && isFinite(other) && compare(one, other) == 0);
        }
        if (expected instanceof Map<?, ?> one && actual instanceof Map<?, ?> other) {
            return one.keySet().equals(other.keySet())
                    && one.keySet().stream().allMatch(key -> equal(one.get(key), other.get(key)));
        }
        if (expected instanceof List<?> one && actual instanceof List<?> other) {
            return one.size() == other.size()
                    && IntStream.range(0, one.size()).allMatch(i -> equal(one.get(i), other.get(i)));
        }
        return Objects.deepEquals(expected, actual);
    }

    private static int compare(Number one, Number other) {
        return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString()));
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double) || Double.isFinite((Double) number);
    }
}
