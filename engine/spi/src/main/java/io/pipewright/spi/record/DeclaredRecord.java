package io.pipewright.spi.record;

import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.List;

/** An entry of {@code records}: a type, and where its fields are in the wire form. */
public record DeclaredRecord(String name, List<DeclaredField> fields, UnknownFields unknown) implements Serializable {

    public DeclaredRecord {
        fields = List.copyOf(fields);
    }

    public RecordType type() {
        return new RecordType(name, fields.stream().map(DeclaredField::field).toList());
    }

    /** What becomes of fields of the wire form that are not declared. */
    public enum UnknownFields {
        IGNORE,
        KEEP,
        MALFORMED
    }
}
