package io.pipewright.app.casefile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a row that hold JSON, such as {@code record} of a failure, so that a case can write them as maps. */
final class JsonFields {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonFields() {}

    static Map<String, @Nullable Object> read(RecordType type, Map<String, @Nullable Object> row) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>(row);
        for (Field field : type.fields()) {
            if (field.type() == Scalar.JSON && row.get(field.name()) instanceof String text) {
                read.put(field.name(), parsed(text));
            }
        }
        return read;
    }

    private static @Nullable Object parsed(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The engine wrote what is no JSON: " + text, e);
        }
    }
}
