package io.pipewright.stages.json;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.text.Excerpt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a value of one type, which is not {@code null}, from where the cursor stands. */
interface ValueReader {

    /** Leaves the cursor behind the value; null after a refusal. */
    @Nullable
    Object read(JsonCursor in);

    /** The same for a value that nobody wants; false after a refusal. */
    default boolean check(JsonCursor in) {
        return read(in) != null;
    }

    /**
     * Makes the reader of a type.
     *
     * @param nested how records in the type are declared; null means by the names of their fields
     */
    static ValueReader of(DataType type, TimestampFormat format, @Nullable DeclaredRecord nested) {
        if (type instanceof Scalar scalar) {
            return new ScalarReader(scalar, format);
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

    /** Refuses the value the cursor stands on, where another kind is needed; false. */
    static boolean wrong(JsonCursor in, String needed) {
        String found = found(in);
        return found != null
                && in.refuse(Refusal.ofValue(Refusal.WRONG_TYPE, "must be " + needed + ", but is " + found));
    }

    /** The value the cursor stands on, in words; null where it is no value, which is then refused. */
    private static @Nullable String found(JsonCursor in) {
        return switch (in.peek()) {
            case '{' -> "an object";
            case '[' -> "an array";
            case '"' -> in.scanText() ? "the text \"" + Excerpt.of(in.text()) + "\"" : null;
            case 't', 'f', 'n' -> in.raw();
            default -> in.skip() ? "the number " + Excerpt.of(in.number()) : null;
        };
    }

    /** Reads arrays; an element may not be null. */
    record ListReader(ValueReader element, ListType type) implements ValueReader {
        @Override
        public @Nullable Object read(JsonCursor in) {
            if (in.peek() != '[') {
                wrong(in, "an array");
                return null;
            }
            if (!in.open()) {
                return null;
            }
            List<Object> elements = new ArrayList<>();
            if (!in.closesAtOnce(']')) {
                do {
                    Object value = notNull(in, element, type.element());
                    if (value == null) {
                        in.inside("[" + elements.size() + "]");
                        return null;
                    }
                    elements.add(value);
                } while (in.more(']'));
            }
            return in.refusal() == null ? Collections.unmodifiableList(elements) : null;
        }
    }

    /** Reads objects of any keys; a value may not be null and a key not occur twice. */
    record MapReader(ValueReader value, MapType type) implements ValueReader {
        @Override
        public @Nullable Object read(JsonCursor in) {
            if (in.peek() != '{') {
                wrong(in, "an object");
                return null;
            }
            if (!in.open()) {
                return null;
            }
            Map<String, Object> entries = new LinkedHashMap<>();
            if (!in.closesAtOnce('}')) {
                do {
                    if (!entry(in, entries)) {
                        return null;
                    }
                } while (in.more('}'));
            }
            return in.refusal() == null ? Collections.unmodifiableMap(entries) : null;
        }

        private boolean entry(JsonCursor in, Map<String, Object> entries) {
            if (!in.key()) {
                return false;
            }
            String key = in.text();
            if (!in.colon()) {
                return false;
            }
            if (entries.containsKey(key)) {
                in.refuse(Refusal.ofValue(Refusal.MALFORMED_JSON, "occurs twice"));
            } else if (ScalarReader.hasWholePairs(in, key)) {
                Object read = notNull(in, value, type.value());
                if (read != null) {
                    entries.put(key, read);
                    return true;
                }
            }
            in.inside("." + key);
            return false;
        }
    }

    private static @Nullable Object notNull(JsonCursor in, ValueReader reader, DataType type) {
        if (in.isNull()) {
            wrong(in, ScalarReader.name(type));
            return null;
        }
        return reader.read(in);
    }
}
