package io.pipewright.app.casefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what of a row is JSON, such as {@code record} of a failure or the unknown fields that a record keeps, so that a case
 * can write it as it writes all else.
 */
final class JsonFields {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFields() {}

    static Map<String, @Nullable Object> read(RecordType type, Map<String, ?> row) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>(row);
        for (Field field : type.fields()) {
            Object value = row.get(field.name());
            if (value != null) {
                read.put(field.name(), value(field.type(), value));
            }
        }
        if (read.remove(KeptFields.NAME) instanceof Map<?, ?> kept) {
            kept.forEach((name, value) -> read.putIfAbsent(String.valueOf(name), value));
        }
        return read;
    }

    private static @Nullable Object value(DataType type, Object value) {
        if (type == Scalar.JSON) {
            return parsed((String) value);
        }
        if (type instanceof RecordType record && value instanceof Map<?, ?> fields) {
            Map<String, @Nullable Object> byName = new LinkedHashMap<>();
            fields.forEach((name, each) -> byName.put(String.valueOf(name), each));
            return read(record, byName);
        }
        if (type instanceof MapType map && value instanceof Map<?, ?> entries) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            entries.forEach((name, each) -> all.put(String.valueOf(name), value(map.value(), each)));
            return all;
        }
        if (type instanceof ListType list && value instanceof List<?> items) {
            List<@Nullable Object> all = new ArrayList<>();
            items.forEach(each -> all.add(value(list.element(), each)));
            return all;
        }
        return value;
    }

    private static @Nullable Object parsed(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The engine wrote what is no JSON: " + text, e);
        }
    }
}
