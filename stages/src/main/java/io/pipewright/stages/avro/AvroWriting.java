package io.pipewright.stages.avro;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.avro.AvroSchema.ArrayOf;
import io.pipewright.stages.avro.AvroSchema.MapOf;
import io.pipewright.stages.avro.AvroSchema.Member;
import io.pipewright.stages.avro.AvroSchema.Plain;
import io.pipewright.stages.avro.AvroSchema.Struct;
import io.pipewright.stages.avro.AvroSchema.Union;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes a value of one of our types as a schema has it: {@link AvroValue} back. */
@FunctionalInterface
interface AvroWriting {

    /**
     * Writes a value, which is null only where {@link #of} was told that it may be.
     *
     * @throws WrongValueException if the schema cannot hold the value
     */
    void write(@Nullable Object value, AvroOutput out);

    /** Writes a value that is not null. */
    @FunctionalInterface
    interface OfValue {
        void write(Object value, AvroOutput out);
    }

    /**
     * The writing of a type.
     *
     * @throws UnfitSchemaException if some value of the type, by its type alone, is none of the schema
     */
    static AvroWriting of(DataType from, boolean nullable, AvroSchema to) throws UnfitSchemaException {
        if (to instanceof Union union) {
            return union(from, nullable, union);
        }
        if (nullable) {
            throw new UnfitSchemaException(
                    "may be null, and is `" + to.text() + "` in the schema",
                    "let it be a union with null there, or give it a value with `orElse`.");
        }
        OfValue writing = notNull(from, to);
        return (value, out) -> writing.write(Objects.requireNonNull(value), out);
    }

    private static OfValue notNull(DataType from, AvroSchema to) throws UnfitSchemaException {
        if (from instanceof Scalar scalar) {
            return AvroScalarWriting.of(scalar, to);
        }
        if (from instanceof ListType list && to instanceof ArrayOf array) {
            AvroWriting item = of(list.element(), false, array.items());
            return (value, out) -> list((List<?>) value, item, out);
        }
        if (from instanceof MapType map && to instanceof MapOf values) {
            AvroWriting each = of(map.value(), false, values.values());
            return (value, out) -> map((Map<?, ?>) value, each, out);
        }
        if (from instanceof RecordType record && to instanceof Struct struct) {
            AvroWriting fields = struct(record, struct);
            return fields::write;
        }
        throw unfit(from, to);
    }

    static UnfitSchemaException unfit(DataType from, AvroSchema to) {
        return new UnfitSchemaException(
                "is a `" + from.text() + "`, which `" + to.text() + "` in the schema cannot hold",
                "change one of them, or convert it with a `select` before the sink.");
    }

    /** The first branch that holds it; null goes to the one of null. */
    private static AvroWriting union(DataType from, boolean nullable, Union union) throws UnfitSchemaException {
        int ofNull = union.branches().indexOf(Plain.NULL);
        if (nullable && ofNull < 0) {
            throw new UnfitSchemaException(
                    "may be null, and the union in the schema has no null", "add it there, or use `orElse`.");
        }
        UnfitSchemaException unfit = unfit(from, union);
        for (int i = 0; i < union.branches().size(); i++) {
            if (i == ofNull) {
                continue;
            }
            try {
                OfValue inner = notNull(from, union.branches().get(i));
                int branch = i;
                return (value, out) -> {
                    out.writeLong(value == null ? ofNull : branch);
                    if (value != null) {
                        inner.write(value, out);
                    }
                };
            } catch (UnfitSchemaException e) {
                unfit = e;
            }
        }
        throw unfit;
    }

    private static void list(List<?> items, AvroWriting item, AvroOutput out) {
        if (!items.isEmpty()) {
            out.writeLong(items.size());
            items.forEach(each -> item.write(each, out));
        }
        out.writeLong(0);
    }

    private static void map(Map<?, ?> entries, AvroWriting each, AvroOutput out) {
        if (!entries.isEmpty()) {
            out.writeLong(entries.size());
            entries.forEach((key, value) -> {
                out.writeText((String) key);
                each.write(value, out);
            });
        }
        out.writeLong(0);
    }

    /** Fields that the record lacks have the default of the schema; those that the schema lacks have no place. */
    static AvroWriting struct(RecordType record, Struct struct) throws UnfitSchemaException {
        for (Field field : record.fields()) {
            if (struct.member(field.name()) == null) {
                throw new UnfitSchemaException(
                                "is not in the schema",
                                "add it there, or leave it out with a `select` before the sink.")
                        .in(field.name());
            }
        }
        List<AvroWriting> members = new ArrayList<>();
        for (Member member : struct.members()) {
            int position = record.indexOf(member.name());
            members.add(position < 0 ? byDefault(member) : field(record.fields().get(position), position, member));
        }
        return (value, out) -> members.forEach(member -> member.write(value, out));
    }

    private static AvroWriting field(Field field, int position, Member member) throws UnfitSchemaException {
        try {
            AvroWriting inner = of(field.type(), field.nullable(), member.schema());
            return (record, out) -> {
                Object value = record instanceof DataRecord row ? row.get(position) : null;
                try {
                    if (value == null && !field.nullable()) {
                        throw new WrongValueException("missing-field", "is null");
                    }
                    inner.write(value, out);
                } catch (WrongValueException e) {
                    throw e.in(field.name());
                }
            };
        } catch (UnfitSchemaException e) {
            throw e.in(field.name());
        }
    }

    private static AvroWriting byDefault(Member member) throws UnfitSchemaException {
        if (member.byDefault() == null) {
            throw new UnfitSchemaException(
                            "is in the schema without a default, and the record does not have it",
                            "add it with a `select` before the sink.")
                    .in(member.name());
        }
        AvroOutput written = new AvroOutput();
        AvroDefault.write(member, written);
        byte[] bytes = written.toBytes();
        return (value, out) -> out.writeRaw(bytes);
    }
}
