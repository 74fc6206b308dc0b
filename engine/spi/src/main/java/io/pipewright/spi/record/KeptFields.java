package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a message that its record does not name and keeps all the same: one more field of the record, by a name that
 * no author can give. It holds the JSON text of each of them by its name, and is null where there are none.
 *
 * <p>So it goes where the record goes, and is read and stored only where something writes it. {@link RecordJson} writes what
 * is in it beside the other fields.
 */
public final class KeptFields {

    /** The name of the field. */
    public static final String NAME = "*";

    static final Field FIELD = Field.nullable(NAME, new MapType(Scalar.JSON));

    private KeptFields() {}

    /** Whether records of a type keep them; of the records in it, nothing is said. */
    public static boolean in(RecordType type) {
        return type.indexOf(NAME) >= 0;
    }

    /** The name of a record that keeps them, this one or one inside. */
    public static Optional<String> keeping(DataType type) {
        if (type instanceof ListType list) {
            return keeping(list.element());
        }
        if (type instanceof MapType map) {
            return keeping(map.value());
        }
        if (!(type instanceof RecordType record)) {
            return Optional.empty();
        }
        return in(record)
                ? Optional.of(record.name())
                : record.fields().stream()
                        .flatMap(field -> keeping(field.type()).stream())
                        .findFirst();
    }

    /** A type without them. */
    public static RecordType without(RecordType type) {
        if (!in(type)) {
            return type;
        }
        List<Field> named = type.fields().stream()
                .filter(field -> !field.name().equals(NAME))
                .toList();
        return new RecordType(type.name(), named);
    }
}
