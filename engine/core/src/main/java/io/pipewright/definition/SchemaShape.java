package io.pipewright.definition;

import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Scalar;
import org.jspecify.annotations.Nullable;

/**
 * What a place of a schema file declares.
 *
 * @param format how timestamps in it are written
 * @param nested how the record in it is declared, also where it is in a list or map
 */
record SchemaShape(DataType type, boolean nullable, TimestampFormat format, @Nullable DeclaredRecord nested) {

    static SchemaShape of(Scalar scalar) {
        return new SchemaShape(scalar, false, TimestampFormat.ISO, null);
    }

    static SchemaShape timestamp(TimestampFormat format) {
        return new SchemaShape(Scalar.TIMESTAMP, false, format, null);
    }

    static SchemaShape record(DeclaredRecord record) {
        return new SchemaShape(record.type(), false, TimestampFormat.ISO, record);
    }

    /** The shape of what has this one inside. */
    SchemaShape within(DataType outer) {
        return new SchemaShape(outer, false, format, nested);
    }

    SchemaShape orNull() {
        return new SchemaShape(type, true, format, nested);
    }
}
