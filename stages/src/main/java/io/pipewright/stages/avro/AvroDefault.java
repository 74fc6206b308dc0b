package io.pipewright.stages.avro;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipewright.stages.avro.AvroSchema.ArrayOf;
import io.pipewright.stages.avro.AvroSchema.Decimal;
import io.pipewright.stages.avro.AvroSchema.Enumeration;
import io.pipewright.stages.avro.AvroSchema.Fixed;
import io.pipewright.stages.avro.AvroSchema.MapOf;
import io.pipewright.stages.avro.AvroSchema.Member;
import io.pipewright.stages.avro.AvroSchema.Plain;
import io.pipewright.stages.avro.AvroSchema.Struct;
import io.pipewright.stages.avro.AvroSchema.Time;
import io.pipewright.stages.avro.AvroSchema.Union;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Writes the default of a field, which its schema holds as JSON. */
final class AvroDefault {

    private final AvroOutput out;

    /** The fields whose defaults are being written, each inside the one before it. */
    private final Set<Member> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private AvroDefault(AvroOutput out) {
        this.out = out;
    }

    /**
     * Writes it.
     *
     * @throws UnfitSchemaException if the field has no default, or one that is no value of it or would contain itself
     */
    static void write(Member member, AvroOutput out) throws UnfitSchemaException {
        new AvroDefault(out).write(member);
    }

    private void write(Member member) throws UnfitSchemaException {
        JsonNode value = member.byDefault();
        if (value == null || !open.add(member) || !write(member.schema(), value)) {
            throw new UnfitSchemaException(
                            "has a default in the schema that is no value of its type", "correct the default.")
                    .in(member.name());
        }
        open.remove(member);
    }

    /** False if it is no value of the schema; of a union, of the first one. */
    private boolean write(AvroSchema schema, JsonNode value) throws UnfitSchemaException {
        if (schema instanceof Union union) {
            out.writeLong(0);
            return !union.branches().isEmpty() && write(union.branches().get(0), value);
        }
        if (schema instanceof Plain plain) {
            return plain(plain, value);
        }
        if (schema instanceof Time time) {
            return plain(time.base(), value);
        }
        if (schema instanceof Enumeration symbols) {
            int symbol = symbols.symbols().indexOf(value.asText());
            out.writeLong(symbol);
            return symbol >= 0;
        }
        if (schema instanceof Fixed || schema instanceof Decimal) {
            return sized(schema, value);
        }
        return parts(schema, value);
    }

    private boolean sized(AvroSchema schema, JsonNode value) {
        int size = schema instanceof Fixed fixed ? fixed.size() : ((Decimal) schema).size();
        byte[] bytes = value.asText().getBytes(StandardCharsets.ISO_8859_1);
        if (size < 0) {
            out.writeBytes(bytes);
        } else {
            out.writeRaw(bytes);
        }
        return value.isTextual() && (size < 0 || size == bytes.length);
    }

    private boolean plain(Plain plain, JsonNode value) {
        switch (plain) {
            case NULL -> {
                return value.isNull();
            }
            case BOOLEAN -> {
                out.writeByte(value.asBoolean() ? 1 : 0);
                return value.isBoolean();
            }
            case INT, LONG -> {
                out.writeLong(value.asLong());
                return plain == Plain.INT ? value.canConvertToInt() : value.canConvertToLong();
            }
            case FLOAT -> out.writeFloat((float) value.asDouble());
            case DOUBLE -> out.writeDouble(value.asDouble());
            case BYTES -> out.writeBytes(value.asText().getBytes(StandardCharsets.ISO_8859_1));
            case STRING -> out.writeText(value.asText());
        }
        return plain == Plain.FLOAT || plain == Plain.DOUBLE ? value.isNumber() : value.isTextual();
    }

    private boolean parts(AvroSchema schema, JsonNode value) throws UnfitSchemaException {
        boolean fits = true;
        if (schema instanceof Struct struct) {
            for (Member member : struct.members()) {
                if (value.has(member.name())) {
                    fits &= write(member.schema(), value.get(member.name()));
                } else {
                    write(member);
                }
            }
            return fits && value.isObject();
        }
        if (!value.isEmpty()) {
            out.writeLong(value.size());
        }
        if (schema instanceof MapOf map) {
            for (Iterator<Map.Entry<String, JsonNode>> each = value.fields(); each.hasNext(); ) {
                Map.Entry<String, JsonNode> entry = each.next();
                out.writeText(entry.getKey());
                fits &= write(map.values(), entry.getValue());
            }
        } else {
            for (JsonNode item : value) {
                fits &= write(((ArrayOf) schema).items(), item);
            }
        }
        out.writeLong(0);
        return fits && (schema instanceof MapOf ? value.isObject() : value.isArray());
    }
}
