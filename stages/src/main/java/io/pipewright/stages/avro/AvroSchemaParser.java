package io.pipewright.stages.avro;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.spi.type.Names;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the JSON form of an Avro schema of a record, as the specification of Avro 1.11 has it.
 *
 * <p>The engine reads the same form for the fields that a record takes from a schema file. That reader tells what no field
 * can be at its place in the file, and knows nothing of defaults, symbols and sizes, which here are all that matters; and
 * it is the engine's, whose code stages do not see (ADR 62).
 */
final class AvroSchemaParser {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Plain> PLAIN =
            Stream.of(Plain.values()).collect(Collectors.toUnmodifiableMap(Plain::text, plain -> plain));
    private static final String NAME = "[A-Za-z_][A-Za-z0-9_]*";

    /** What has a name, by the name with its namespace. */
    private final Map<String, AvroSchema> named = new HashMap<>();

    private AvroSchemaParser() {}

    /** @throws UnfitSchemaException if the text is no schema of a record */
    static Struct parse(String text) throws UnfitSchemaException {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            String at = place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            throw new UnfitSchemaException("is no JSON" + at, "correct it.");
        }
        AvroSchema schema = new AvroSchemaParser().schema(json, "", "");
        if (schema instanceof Struct struct) {
            return struct;
        }
        throw new UnfitSchemaException(
                "is no Avro schema of a record, but of `" + schema.text() + "`",
                "let it be an object with `\"type\": \"record\"` and `fields`.");
    }

    private AvroSchema schema(JsonNode json, String space, String place) throws UnfitSchemaException {
        if (json.isTextual()) {
            return byName(json.asText(), space, place);
        }
        if (json.isArray()) {
            List<AvroSchema> branches = new ArrayList<>();
            for (int i = 0; i < json.size(); i++) {
                AvroSchema branch = schema(json.get(i), space, place + "/" + i);
                if (branch instanceof Union) {
                    throw wrong(place + "/" + i, "is a union in a union");
                }
                branches.add(branch);
            }
            return new Union(branches);
        }
        JsonNode type = json.path("type");
        if (!json.isObject() || type.isMissingNode()) {
            throw wrong(place, "is no schema");
        }
        if (!type.isTextual()) {
            return schema(type, space, place + "/type");
        }
        return switch (type.asText()) {
            case "record", "error" -> struct(json, space, place);
            case "enum" -> enumeration(json, space, place);
            case "fixed" -> fixed(json, space, place);
            case "array" -> new ArrayOf(schema(json.path("items"), space, place + "/items"));
            case "map" -> new MapOf(schema(json.path("values"), space, place + "/values"));
            default -> logical(byName(type.asText(), space, place), json);
        };
    }

    private AvroSchema byName(String name, String space, String place) throws UnfitSchemaException {
        Plain plain = PLAIN.get(name);
        if (plain != null) {
            return plain;
        }
        AvroSchema known = named.get(name.contains(".") || space.isEmpty() ? name : space + "." + name);
        AvroSchema found = known == null ? named.get(name) : known;
        if (found == null) {
            throw wrong(place, "names the type `" + name + "`, which there is not");
        }
        return found;
    }

    /** A logical type that stands on another type than it may, or is not one that we know, changes nothing. */
    private static AvroSchema logical(AvroSchema base, JsonNode json) {
        String name = json.path("logicalType").asText();
        if (base == Plain.LONG && !name.isEmpty()) {
            return new Time(Plain.LONG, name);
        }
        if (base == Plain.INT && name.equals(Time.DATE)) {
            return new Time(Plain.INT, name);
        }
        return base == Plain.BYTES && name.equals("decimal") ? decimal(base, -1, json) : base;
    }

    private static AvroSchema decimal(AvroSchema base, int size, JsonNode json) {
        int precision = json.path("precision").asInt();
        int scale = json.path("scale").asInt();
        return precision > 0 && scale >= 0 && scale <= precision ? new Decimal(size, precision, scale) : base;
    }

    private Struct struct(JsonNode json, String space, String place) throws UnfitSchemaException {
        Struct struct = new Struct(fullName(json, space, place));
        String inner = define(struct, fullName(json, space, place), place);
        JsonNode fields = json.path("fields");
        if (!fields.isArray()) {
            throw wrong(place + "/fields", "is no list of fields");
        }
        Map<String, Member> members = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            JsonNode field = fields.get(i);
            String at = place + "/fields/" + i;
            String name = field.path("name").asText();
            if (!Names.isIdentifier(name)) {
                throw wrong(at + "/name", "is no name");
            }
            AvroSchema schema = schema(field.path("type"), inner, at + "/type");
            if (members.put(name, new Member(name, texts(field.path("aliases")), schema, field.get("default")))
                    != null) {
                throw wrong(at, "is a second field `" + name + "`");
            }
        }
        struct.complete(List.copyOf(members.values()));
        return struct;
    }

    private Enumeration enumeration(JsonNode json, String space, String place) throws UnfitSchemaException {
        String name = fullName(json, space, place);
        Enumeration made = new Enumeration(name, texts(json.path("symbols")));
        if (made.symbols().isEmpty()) {
            throw wrong(place + "/symbols", "is no list of symbols");
        }
        define(made, name, place);
        return made;
    }

    private AvroSchema fixed(JsonNode json, String space, String place) throws UnfitSchemaException {
        String name = fullName(json, space, place);
        if (!json.path("size").isInt() || json.path("size").asInt() < 0) {
            throw wrong(place + "/size", "is no number of bytes");
        }
        int size = json.path("size").asInt();
        AvroSchema plain = new Fixed(name, size);
        AvroSchema made = json.path("logicalType").asText().equals("decimal") ? decimal(plain, size, json) : plain;
        define(made, name, place);
        return made;
    }

    /** The namespace in which it defines others. */
    private String define(AvroSchema schema, String fullName, String place) throws UnfitSchemaException {
        if (named.put(fullName, schema) != null) {
            throw wrong(place, "defines `" + fullName + "` again");
        }
        int dot = fullName.lastIndexOf('.');
        return dot < 0 ? "" : fullName.substring(0, dot);
    }

    private static String fullName(JsonNode json, String space, String place) throws UnfitSchemaException {
        String name = json.path("name").asText();
        if (!name.matches(NAME + "(\\." + NAME + ")*") || PLAIN.containsKey(name)) {
            throw wrong(place + "/name", "is no name");
        }
        String own = json.path("namespace").isTextual() ? json.path("namespace").asText() : space;
        return name.contains(".") || own.isEmpty() ? name : own + "." + name;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static UnfitSchemaException wrong(String place, String problem) {
        return new UnfitSchemaException(
                "is no Avro schema: `" + (place.isEmpty() ? "/" : place) + "` " + problem, "correct it.");
    }
}
