package io.pipewright.stages.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a value of one type from the token that the parser stands on, which is not {@code null}. */
interface ValueReader {

    /** Leaves the parser on the value's last token. */
    Object read(JsonInput in) throws IOException, Refusal;

    /**
     * Makes the reader of a type.
     *
     * @param nested how records in the type are declared; null means by the names of their fields
     */
    static ValueReader of(DataType type, TimestampFormat format, @Nullable DeclaredRecord nested) {
        if (type instanceof Scalar scalar) {
            return scalar == Scalar.JSON ? JsonInput::skipRaw : new ScalarReader(scalar, format);
        }
        if (type instanceof ListType list) {
            return new ListReader(of(list.element(), format, nested), list);
        }
        if (type instanceof MapType map) {
            return new MapReader(of(map.value(), format, nested), map);
        }
        RecordType record = (RecordType) type;
        DeclaredRecord declared = nested == null ? DeclaredRecord.of(record, format) : nested;
        ObjectReader reader = new ObjectReader(declared, record);
        return in -> reader.read(in, null);
    }

    /** Refuses the current token where another kind of value is needed. */
    static Refusal wrong(JsonParser parser, String needed) throws IOException {
        return Refusal.ofValue(Refusal.WRONG_TYPE, "must be " + needed + ", but is " + Excerpt.ofToken(parser));
    }

    /** Reads arrays; an element may not be null. */
    record ListReader(ValueReader element, ListType type) implements ValueReader {
        @Override
        public Object read(JsonInput in) throws IOException, Refusal {
            if (in.parser.currentToken() != JsonToken.START_ARRAY) {
                throw wrong(in.parser, "an array");
            }
            List<Object> elements = new ArrayList<>();
            JsonToken token = in.parser.nextToken();
            while (token != JsonToken.END_ARRAY) {
                try {
                    if (token == JsonToken.VALUE_NULL) {
                        throw wrong(in.parser, ScalarReader.name(type.element()));
                    }
                    elements.add(element.read(in));
                } catch (Refusal refusal) {
                    throw refusal.inside("[" + elements.size() + "]");
                }
                token = in.parser.nextToken();
            }
            return Collections.unmodifiableList(elements);
        }
    }

    /** Reads objects of any keys; a value may not be null and a key not occur twice. */
    record MapReader(ValueReader value, MapType type) implements ValueReader {
        @Override
        public Object read(JsonInput in) throws IOException, Refusal {
            if (in.parser.currentToken() != JsonToken.START_OBJECT) {
                throw wrong(in.parser, "an object");
            }
            Map<String, Object> entries = new LinkedHashMap<>();
            String key = in.parser.nextFieldName();
            while (key != null) {
                JsonToken token = in.parser.nextToken();
                try {
                    if (entries.containsKey(key)) {
                        throw Refusal.ofValue(Refusal.MALFORMED_JSON, "occurs twice");
                    }
                    ScalarReader.refuseHalfPairs(key);
                    if (token == JsonToken.VALUE_NULL) {
                        throw wrong(in.parser, ScalarReader.name(type.value()));
                    }
                    entries.put(key, value.read(in));
                } catch (Refusal refusal) {
                    throw refusal.inside("." + key);
                }
                key = in.parser.nextFieldName();
            }
            return Collections.unmodifiableMap(entries);
        }
    }
}
