package io.pipewright.stages.avro;

import io.pipewright.spi.expression.EvaluationException;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.avro.AvroSchema.ArrayOf;
import io.pipewright.stages.avro.AvroSchema.MapOf;
import io.pipewright.stages.avro.AvroSchema.Plain;
import io.pipewright.stages.avro.AvroSchema.Struct;
import io.pipewright.stages.avro.AvroSchema.Union;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a value that was written by one schema as a value of one of our types. */
@FunctionalInterface
interface AvroValue {

    /**
     * Reads it and leaves the input behind it.
     *
     * @throws EvaluationException if the message is malformed
     * @throws WrongValueException if our type cannot hold it
     */
    @Nullable
    Object read(AvroInput in);

    /** How a field is declared, beyond its type. */
    record Declaration(TimestampFormat format, @Nullable DeclaredRecord nested) {}

    /**
     * The reading of a type.
     *
     * @param reader the schema by which it is read, for aliases and defaults; null for none
     * @throws UnfitSchemaException if no value of the schema is one of the type
     */
    static AvroValue of(AvroSchema from, DataType to, Declaration declared, @Nullable AvroSchema reader)
            throws UnfitSchemaException {
        if (from instanceof Union union) {
            return union(union, to, declared, reader);
        }
        if (from == Plain.NULL) {
            return in -> null;
        }
        if (to instanceof Scalar scalar) {
            return AvroScalar.of(from, scalar, declared.format());
        }
        if (from instanceof ArrayOf array && to instanceof ListType list) {
            AvroValue item =
                    of(array.items(), list.element(), declared, inner(reader) instanceof ArrayOf a ? a.items() : null);
            return in -> list(item, in);
        }
        if (from instanceof MapOf map && to instanceof MapType values) {
            AvroValue value =
                    of(map.values(), values.value(), declared, inner(reader) instanceof MapOf m ? m.values() : null);
            return in -> map(value, in);
        }
        if (from instanceof Struct struct && to instanceof RecordType record) {
            DeclaredRecord nested =
                    declared.nested() == null ? DeclaredRecord.of(record, declared.format()) : declared.nested();
            AvroStruct fields = AvroStruct.of(struct, nested, inner(reader) instanceof Struct s ? s : null);
            return fields::record;
        }
        throw unfit(from, to);
    }

    static UnfitSchemaException unfit(AvroSchema from, DataType to) {
        return new UnfitSchemaException(
                "is `" + from.text() + "` in the schema, which a `" + to.text() + "` cannot hold",
                "declare it as the schema has it.");
    }

    /** What a schema is where it is not null. */
    static @Nullable AvroSchema inner(@Nullable AvroSchema schema) {
        return schema instanceof Union union
                ? union.branches().stream()
                        .filter(branch -> branch != Plain.NULL)
                        .findFirst()
                        .orElse(null)
                : schema;
    }

    private static AvroValue union(Union union, DataType to, Declaration declared, @Nullable AvroSchema reader)
            throws UnfitSchemaException {
        AvroValue[] branches = new AvroValue[union.branches().size()];
        UnfitSchemaException unfit = null;
        boolean any = false;
        for (int i = 0; i < branches.length; i++) {
            AvroSchema branch = union.branches().get(i);
            try {
                branches[i] = of(branch, to, declared, reader);
                any |= branch != Plain.NULL;
            } catch (UnfitSchemaException e) {
                unfit = e;
                branches[i] = in -> {
                    throw new WrongValueException(
                            "wrong-type", "is `" + branch.text() + "`, which a `" + to.text() + "` cannot hold");
                };
            }
        }
        if (unfit != null && !any) {
            throw unfit;
        }
        return in -> branches[in.readIndex(branches.length)].read(in);
    }

    private static List<Object> list(AvroValue item, AvroInput in) {
        List<Object> items = new ArrayList<>();
        for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
            for (int i = 0; i < left; i++) {
                items.add(element(item.read(in)));
            }
        }
        return items;
    }

    private static Map<String, Object> map(AvroValue value, AvroInput in) {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int left = in.readBlock(); left > 0; left = in.readBlock()) {
            for (int i = 0; i < left; i++) {
                String key = in.readText();
                entries.put(key, element(value.read(in)));
            }
        }
        return entries;
    }

    private static Object element(@Nullable Object value) {
        if (value == null) {
            throw new WrongValueException("wrong-type", "has a null in it");
        }
        return value;
    }
}
