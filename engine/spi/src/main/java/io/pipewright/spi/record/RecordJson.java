package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one type as JSON text: every field under its name, in the type's order, nulls as {@code null}.
 *
 * <p>Timestamps stand as the {@link TimestampFormat} says; in ISO form in UTC with milliseconds, or microseconds where
 * there are any. Decimals are plain numbers (with an exponent beyond 100 places), bytes base64, dates and durations
 * ISO 8601 text, doubles that are no numbers the texts {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}; a
 * value of type {@link Scalar#JSON} stands as it is. What a record holds of {@link MetaField} is not written, and what it
 * holds of {@link KeptFields} stands behind its fields. The text has no line breaks but those inside such a value.
 */
public final class RecordJson implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int PLAIN_PLACES = 100;

    private final String[] keys;
    private final DataType[] types;
    private final int[] positions;
    private final int kept;
    private final Set<String> names;
    private final TimestampFormat timestamps;

    public RecordJson(RecordType type, TimestampFormat timestamps) {
        RecordType written = KeptFields.without(MetaField.without(type));
        this.timestamps = timestamps;
        this.types = ValueFormat.types(written);
        this.positions = written.names().stream().mapToInt(type::position).toArray();
        this.kept = type.indexOf(KeptFields.NAME);
        this.names = Set.copyOf(type.names());
        this.keys = new String[types.length];
        for (int i = 0; i < keys.length; i++) {
            StringBuilder key = new StringBuilder(i == 0 ? "" : ",");
            appendText(key, written.fields().get(i).name());
            keys[i] = key.append(':').toString();
        }
    }

    /** One record as JSON with ISO timestamps, as failures and late records carry it. */
    public static String write(RecordType type, DataRecord record) {
        StringBuilder out = new StringBuilder(128);
        appendRecord(out, type, record, TimestampFormat.ISO);
        return out.toString();
    }

    public String text(DataRecord record) {
        StringBuilder out = new StringBuilder(128);
        append(out, record);
        return out.toString();
    }

    /** Appends one record as JSON. */
    public void append(StringBuilder out, DataRecord record) {
        out.append('{');
        for (int i = 0; i < types.length; i++) {
            out.append(keys[i]);
            appendValue(out, types[i], record.get(positions[i]), timestamps);
        }
        if (kept >= 0) {
            appendKept(out, types.length == 0 ? "" : ",", record.get(kept), names);
        }
        out.append('}');
    }

    /** What a record keeps beside its fields; where a field has been given the name since, the field stands. */
    private static void appendKept(StringBuilder out, String first, @Nullable Object kept, Set<String> names) {
        if (!(kept instanceof Map<?, ?> unknown)) {
            return;
        }
        String separator = first;
        for (Map.Entry<?, ?> entry : unknown.entrySet()) {
            if (!names.contains((String) entry.getKey())) {
                appendText(out.append(separator), (String) entry.getKey());
                out.append(':').append(entry.getValue());
                separator = ",";
            }
        }
    }

    /** An object of values that are JSON already. */
    public static String object(Map<String, String> values) {
        StringBuilder out = new StringBuilder("{");
        appendKept(out, "", values, Set.of());
        return out.append('}').toString();
    }

    /** Appends one value as JSON; half a surrogate pair is escaped, so that the text can always be encoded. */
    public static void appendValue(
            StringBuilder out, DataType type, @Nullable Object value, TimestampFormat timestamps) {
        if (value == null) {
            out.append("null");
        } else if (type instanceof Scalar scalar) {
            appendScalar(out, scalar, value, timestamps);
        } else if (type instanceof ListType list) {
            char separator = '[';
            for (Object element : (List<?>) value) {
                out.append(separator);
                appendValue(out, list.element(), element, timestamps);
                separator = ',';
            }
            out.append(separator == '[' ? "[]" : "]");
        } else if (type instanceof MapType map) {
            char separator = '{';
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                appendText(out.append(separator), (String) entry.getKey());
                appendValue(out.append(':'), map.value(), entry.getValue(), timestamps);
                separator = ',';
            }
            out.append(separator == '{' ? "{}" : "}");
        } else {
            appendRecord(out, (RecordType) type, (DataRecord) value, timestamps);
        }
    }

    private static void appendRecord(
            StringBuilder out, RecordType type, DataRecord record, TimestampFormat timestamps) {
        List<Field> fields = type.fields();
        String separator = "";
        out.append('{');
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (MetaField.is(field) || field.name().equals(KeptFields.NAME)) {
                continue;
            }
            appendText(out.append(separator), field.name());
            appendValue(out.append(':'), field.type(), record.get(i), timestamps);
            separator = ",";
        }
        int kept = type.indexOf(KeptFields.NAME);
        if (kept >= 0) {
            appendKept(out, separator, record.get(kept), Set.copyOf(type.names()));
        }
        out.append('}');
    }

    private static void appendScalar(StringBuilder out, Scalar scalar, Object value, TimestampFormat timestamps) {
        switch (scalar) {
            case STRING -> appendText(out, (String) value);
            case BOOLEAN -> out.append((boolean) (Boolean) value);
            case INT -> out.append((int) (Integer) value);
            case LONG -> out.append((long) (Long) value);
            case DOUBLE -> {
                double number = (Double) value;
                if (Double.isFinite(number)) {
                    out.append(number);
                } else {
                    out.append('"').append(number).append('"');
                }
            }
            case DECIMAL -> {
                BigDecimal decimal = (BigDecimal) value;
                boolean plain = Math.abs((long) decimal.scale()) <= PLAIN_PLACES;
                out.append(plain ? decimal.toPlainString() : decimal.toString());
            }
            case BYTES -> out.append('"')
                    .append(Base64.getEncoder().encodeToString((byte[]) value))
                    .append('"');
            case DATE, DURATION -> out.append('"').append(value).append('"');
            case TIMESTAMP -> TimestampText.append(out, (Instant) value, timestamps);
            case JSON -> out.append((String) value);
        }
    }

    /** Appends a text in quotes, escaped as JSON asks. */
    public static void appendText(StringBuilder out, String text) {
        out.append('"');
        int written = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < length && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++; // a whole pair
                continue;
            }
            out.append(text, written, i);
            appendEscaped(out, c);
            written = i + 1;
        }
        out.append(text, written, length).append('"');
    }

    private static void appendEscaped(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                String hex = Integer.toHexString(c);
                out.append("\\u").append("0000", 0, 4 - hex.length()).append(hex);
            }
        }
    }
}
