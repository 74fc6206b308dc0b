package io.pipewright.spi.record;

import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import java.util.List;

/**
 * A record as its author declared it: the type, and where each field stands in the wire form.
 *
 * @param name the record's name
 * @param fields in declared order; their names are distinct, their paths need not be
 * @param unknown what becomes of input with keys that no field's path names
 */
public record DeclaredRecord(String name, List<DeclaredField> fields, UnknownFields unknown) implements Serializable {

    public DeclaredRecord {
        fields = List.copyOf(fields);
    }

    /** The declaration of a type whose fields all stand under their own names, timestamps in milliseconds. */
    public static DeclaredRecord of(RecordType type) {
        return of(type, TimestampFormat.MILLIS);
    }

    /** The declaration of a type whose fields all stand under their own names, timestamps in one format. */
    public static DeclaredRecord of(RecordType type, TimestampFormat format) {
        return new DeclaredRecord(
                type.name(),
                KeptFields.without(type).fields().stream()
                        .map(field -> new DeclaredField(field, List.of(field.name()), format))
                        .toList(),
                KeptFields.in(type) ? UnknownFields.KEEP : UnknownFields.IGNORE);
    }

    /** The logical type: all declared fields in order, and behind them those that are unknown, if they are kept. */
    public RecordType type() {
        RecordType named =
                new RecordType(name, fields.stream().map(DeclaredField::field).toList());
        return unknown == UnknownFields.KEEP ? named.with(KeptFields.FIELD) : named;
    }
}
