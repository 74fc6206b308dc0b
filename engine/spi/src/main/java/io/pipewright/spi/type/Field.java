package io.pipewright.spi.type;

import java.io.Serializable;

/**
 * One named place of a record.
 *
 * @param nullable whether the value may be null, which also stands for missing
 */
public record Field(String name, DataType type, boolean nullable) implements Serializable {

    public static Field of(String name, DataType type) {
        return new Field(name, type, false);
    }

    public static Field nullable(String name, DataType type) {
        return new Field(name, type, true);
    }

    /** The field's type as an author writes it: {@code string} or {@code string?}. */
    public String text() {
        return nullable ? type.text() + "?" : type.text();
    }
}
