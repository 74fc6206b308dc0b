package io.pipewright.stages.text;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.Decoded;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordJson;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.stage.FormatProblems;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of texts, one for each declared field, and texts of values; formats such as {@code csv} say which text
 * is whose.
 *
 * <p>Every declared field is checked, also those that the materialised type leaves out, so that whether a line is
 * malformed does not depend on what the pipeline does with it. Codes: {@code missing-field}, {@code wrong-type}, {@code
 * out-of-range}.
 */
public final class TextRecord {

    private final List<DeclaredField> fields;
    private final Scalar[] types;
    private final int[] positions;
    private final int size;

    /** Tells the text of a declared field. */
    @FunctionalInterface
    public interface Texts {
        /** The text of the field with this index, or null where there is none. */
        @Nullable
        String get(int field);
    }

    /** @throws IllegalArgumentException for what {@link #isReadable} refuses */
    public TextRecord(DeclaredRecord declared, RecordType materialised) {
        this.fields = declared.fields();
        this.size = materialised.size();
        this.types = new Scalar[fields.size()];
        this.positions = new int[fields.size()];
        for (int i = 0; i < types.length; i++) {
            Field field = fields.get(i).field();
            if (!(field.type() instanceof Scalar scalar)) {
                throw new IllegalArgumentException("A text is no " + field.text() + ".");
            }
            types[i] = scalar;
            positions[i] = materialised.indexOf(field.name());
        }
    }

    /** The record of these texts, or why there is none. */
    public Decoded read(Texts texts, @Nullable Origin origin) {
        @Nullable Object[] values = new Object[size];
        for (int i = 0; i < types.length; i++) {
            String text = texts.get(i);
            if (text == null) {
                if (!fields.get(i).field().nullable()) {
                    return malformed(i, "missing-field", "is missing");
                }
                continue;
            }
            Object value = ScalarText.read(text, types[i], fields.get(i).format());
            if (value instanceof Unreadable why) {
                return malformed(i, why.code(), why.problem());
            }
            if (positions[i] >= 0) {
                values[positions[i]] = value;
            }
        }
        return new Decoded.Ok(new DataRecord(values, origin));
    }

    private Decoded malformed(int field, String code, String problem) {
        return new Decoded.Malformed(code, "Field `" + fields.get(field).field().name() + "` " + problem + ".");
    }

    /** What stands in the place of a field: its path, with dots. */
    public static String name(DeclaredField field) {
        return String.join(".", field.path());
    }

    /** Refuses bytes that are not UTF-8, or null. */
    public static Decoded.@Nullable Malformed notUtf8(byte[] bytes) {
        int invalid = Utf8.firstInvalid(bytes);
        return invalid < 0
                ? null
                : new Decoded.Malformed(
                        "invalid-utf8",
                        String.format("Byte %d of %d, 0x%02X, is not UTF-8.", invalid, bytes.length, bytes[invalid]));
    }

    /** Whether each field is a scalar, which a text can hold; tells {@code problems} the first that is none. */
    public static boolean isReadable(DeclaredRecord record, String format, FormatProblems problems) {
        return isFlat(record.type(), "record", format, problems);
    }

    /** The same for records that are written. */
    public static boolean isWritable(RecordType written, String format, FormatProblems problems) {
        return isFlat(written, "", format, problems);
    }

    private static boolean isFlat(RecordType type, String option, String format, FormatProblems problems) {
        for (Field field : type.fields()) {
            if (!(field.type() instanceof Scalar)) {
                problems.error(
                        option,
                        "`" + format + "` has no place for a `" + field.type().text() + "`, and `" + field.name()
                                + "` of `" + type.name() + "` is one.",
                        option.isEmpty()
                                ? "leave the field out with a `select` before the sink, or write `json`."
                                : "declare a record of the fields that each stand in a text of their own.");
                return false;
            }
        }
        return true;
    }

    /** A value as {@link #read} reads it. */
    public static String text(Scalar type, Object value, TimestampFormat timestamps) {
        if (type == Scalar.STRING || type == Scalar.JSON) {
            return (String) value;
        }
        StringBuilder out = new StringBuilder(32);
        RecordJson.appendValue(out, type, value, timestamps);
        return out.charAt(0) == '"' ? out.substring(1, out.length() - 1) : out.toString();
    }
}
