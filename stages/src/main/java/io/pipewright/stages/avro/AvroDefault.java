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
import java.util.Iterator;
import java.util.Map;

/** Writes the defaults of fields, which schemas hold as JSON. */
final class AvroDefault {

    private AvroDefault() {}

    /** @throws UnfitSchemaException if the field has no default, or one that is no value of it */
    static void write(Member member, AvroOutput out) throws UnfitSchemaException {
        JsonNode value = member.byDefault();
        if (value == null || !write(member.schema(), value, out)) {
            throw new UnfitSchemaException(
                    "The default of `" + member.name() + "` is no value of its schema", "correct it.");
        }
    }

    /** False if it is no value of the schema; of a union, of the first one. */
    private static boolean write(AvroSchema schema, JsonNode value, AvroOutput out) throws UnfitSchemaException {
        if (schema instanceof Union union) {
            out.writeLong(0);
            return !union.branches().isEmpty() && write(union.branches().get(0), value, out);
        }
        if (schema instanceof Plain plain) {
            return plain(plain, value, out);
        }
        if (schema instanceof Time time) {
            return plain(time.base(), value, out);
        }
        if (schema instanceof Enumeration symbols) {
            int symbol = symbols.symbols().indexOf(value.asText());
            out.writeLong(symbol);
            return symbol >= 0;
        }
        if (schema instanceof Fixed || schema instanceof Decimal) {
            return sized(schema, value, out);
        }
        return parts(schema, value, out);
    }

    private static boolean sized(AvroSchema schema, JsonNode value, AvroOutput out) {
        int size = schema instanceof Fixed fixed ? fixed.size() : ((Decimal) schema).size();
        byte[] bytes = value.asText().getBytes(StandardCharsets.ISO_8859_1);
        if (size < 0) {
            out.writeBytes(bytes);
        } else {
            out.writeRaw(bytes);
        }
        return value.isTextual() && (size < 0 || size == bytes.length);
    }

    private static boolean plain(Plain plain, JsonNode value, AvroOutput out) {
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

    private static boolean parts(AvroSchema schema, JsonNode value, AvroOutput out) throws UnfitSchemaException {
        boolean fits = true;
        if (schema instanceof Struct struct) {
            for (Member member : struct.members()) {
                if (value.has(member.name())) {
                    fits &= write(member.schema(), value.get(member.name()), out);
                } else {
                    write(member, out);
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
                fits &= write(map.values(), entry.getValue(), out);
            }
        } else {
            for (JsonNode item : value) {
                fits &= write(((ArrayOf) schema).items(), item, out);
            }
        }
        out.writeLong(0);
        return fits && (schema instanceof MapOf ? value.isObject() : value.isArray());
    }
}
