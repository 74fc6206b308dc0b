package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a source says of a message beside its value; expressions of those that read the source itself call it {@code
 * meta.topic}, {@code meta.key} and so on.
 *
 * <p>What some expression reads travels as further fields of the record, behind those that are declared and under names
 * that no author can give a field. No format writes them.
 */
public enum MetaField {
    /** The topic, or the path of the file. */
    TOPIC(Scalar.STRING, false),
    PARTITION(Scalar.INT, false),
    /** The offset in the partition, the number of the line in a file, from 1, or of what is generated, from 0. */
    OFFSET(Scalar.LONG, false),
    /** The key, which has to be UTF-8. */
    KEY(Scalar.STRING, true),
    /** Those that are UTF-8, by name; of several of one name the last. */
    HEADERS(new MapType(Scalar.STRING), false),
    /** What the source system says of the time, whatever the event time is. */
    TIMESTAMP(Scalar.TIMESTAMP, false),
    /** Whether the message has no value. */
    TOMBSTONE(Scalar.BOOLEAN, false);

    private static final String PREFIX = "meta.";

    private final Field field;

    MetaField(DataType type, boolean nullable) {
        field = new Field(PREFIX + text(), type, nullable);
    }

    /** The field of the record that holds it. */
    public Field field() {
        return field;
    }

    /** What stands behind {@code meta.} in an expression. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a field of a record holds any of it. */
    public static boolean is(Field field) {
        return field.name().startsWith(PREFIX);
    }

    /** The one that stands behind {@code meta.}, if there is such. */
    public static Optional<MetaField> of(String text) {
        for (MetaField each : values()) {
            if (each.text().equals(text)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Those that the records of a layout hold, in its order. */
    public static List<MetaField> in(RecordType layout) {
        List<MetaField> held = new ArrayList<>();
        for (Field field : layout.fields()) {
            if (is(field)) {
                held.add(of(field.name().substring(PREFIX.length())).orElseThrow());
            }
        }
        return held;
    }

    /** A type with these behind its own fields. */
    public static RecordType addedTo(RecordType type, Collection<MetaField> some) {
        List<Field> fields = new ArrayList<>(type.fields());
        some.forEach(each -> fields.add(each.field));
        return new RecordType(type.name(), fields);
    }

    /** A layout without them: what of its records is written. */
    public static RecordType without(RecordType layout) {
        List<Field> fields =
                layout.fields().stream().filter(field -> !is(field)).toList();
        return fields.size() == layout.size() ? layout : new RecordType(layout.name(), fields);
    }
}
