package io.pipewright.spi.expression;

import io.pipewright.spi.type.DataType;
import java.io.Serializable;

/**
 * A name that an expression may use beside the fields of its record, such as the profile of {@code enrich} or the
 * events of a pattern's step.
 *
 * @param nullable whether the value may be null; reading a field of a null record gives null
 */
public record Variable(String name, DataType type, boolean nullable) implements Serializable {

    // By hand, as in RecordType.
    @Override
    public boolean equals(Object other) {
        return other instanceof Variable variable
                && name.equals(variable.name)
                && type.equals(variable.type)
                && nullable == variable.nullable;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + type.hashCode()) + Boolean.hashCode(nullable);
    }
}
