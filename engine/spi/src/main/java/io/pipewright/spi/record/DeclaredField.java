package io.pipewright.spi.record;

import io.pipewright.spi.type.Field;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A declared field and its place in the wire form.
 *
 * @param path the keys that lead to the value, outermost first; one for most fields, never empty
 * @param format how timestamps in it are written, also those in lists, maps and undeclared nested records
 * @param nested how the record in it is declared, where its type is a record, or a list or map of records; null means
 *     that each of its fields stands under its own name
 */
public record DeclaredField(Field field, List<String> path, TimestampFormat format, @Nullable DeclaredRecord nested)
        implements Serializable {

    public DeclaredField {
        path = List.copyOf(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException("Field `" + field.name() + "` has an empty path.");
        }
    }

    public DeclaredField(Field field, List<String> path, TimestampFormat format) {
        this(field, path, format, null);
    }
}
