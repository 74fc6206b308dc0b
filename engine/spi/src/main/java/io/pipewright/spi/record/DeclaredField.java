package io.pipewright.spi.record;

import io.pipewright.spi.type.Field;
import java.io.Serializable;
import java.util.List;

/**
 * A declared field and its wire form.
 *
 * @param path the place in the wire form, outermost name first; the field's own name unless said otherwise
 * @param format how a timestamp is written; of no meaning for other types
 */
public record DeclaredField(Field field, List<String> path, TimestampFormat format) implements Serializable {

    public DeclaredField {
        path = List.copyOf(path);
    }

    /** How a timestamp is written. */
    public enum TimestampFormat {
        MILLIS,
        SECONDS,
        MICROS,
        ISO
    }
}
