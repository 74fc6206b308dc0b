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

    // By hand, as in RecordType.
    @Override
    public boolean equals(Object other) {
        return other instanceof Field field
                && name.equals(field.name)
                && type.equals(field.type)
                && nullable == field.nullable;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + type.hashCode()) + Boolean.hashCode(nullable);
    }

    /** The field's type as an author writes it: {@code string} or {@code string?}. */
    public String text() {
        return nullable ? type.text() + "?" : type.text();
    }
}
