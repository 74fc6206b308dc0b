package io.pipewright.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an Avro schema: a record whose fields have the types of Avro 1.11. Enumerations are strings, fixed bytes are
 * bytes, a union is a type that may be null. Of the logical types, decimals, dates and timestamps are what they say;
 * what others are for is not looked at. A default does not count: the format that reads a message says what is missing.
 */
final class AvroSchemaFile extends SchemaFile {

    private static final Set<String> NAMED = Set.of("record", "enum", "fixed");

    /** All schemas of the file that have a name, by it, with and without its namespace. */
    private final Map<String, JsonNode> named = new HashMap<>();

    /** Names without a namespace that several schemas have. */
    private final Set<String> ambiguous = new HashSet<>();

    private final Set<JsonNode> open = Collections.newSetFromMap(new IdentityHashMap<>());

    @Override
    DeclaredRecord declare(JsonNode root, String name) throws SchemaException {
        if (!root.isObject() || !root.path("type").asText().equals("record")) {
            throw new SchemaException(
                    "",
                    "this is no Avro schema of a record.",
                    "let it be an object with `\"type\": \"record\"` and `fields`.");
        }
        remember(root, "");
        return record(root, name, "");
    }

    private DeclaredRecord record(JsonNode schema, String name, String place) throws SchemaException {
        JsonNode list = schema.path("fields");
        if (!list.isArray()) {
            throw new SchemaException(
                    place + "/fields", "this record has no list of `fields`.", "list the record's fields there.");
        }
        enter(place);
        open.add(schema);
        List<DeclaredField> fields = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try {
            for (int i = 0; i < list.size(); i++) {
                addField(list.get(i), place + "/fields/" + i, seen, fields);
            }
        } finally {
            open.remove(schema);
            leave();
        }
        return record(name, fields, place);
    }

    private void addField(JsonNode field, String at, Set<String> seen, List<DeclaredField> fields)
            throws SchemaException {
        try {
            if (!field.path("name").isTextual() || !field.has("type")) {
                throw new SchemaException(at, "this is no field.", "give it a `name` and a `type`.");
            }
            String name = field.path("name").asText();
            if (!seen.add(name)) {
                throw new SchemaException(at, "this is a second field `" + name + "`.", "give it another name.");
            }
            fields.add(field(name, shape(field.path("type"), at + "/type"), at));
        } catch (SchemaException e) {
            keep(e);
        }
    }

    private SchemaShape shape(JsonNode schema, String place) throws SchemaException {
        if (schema.isArray()) {
            return union(schema, place);
        }
        if (schema.isTextual()) {
            return shapeOf(schema.asText(), place);
        }
        return complex(schema, place);
    }

    private SchemaShape union(JsonNode branches, String place) throws SchemaException {
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            if (!branches.get(i).asText().equals("null")) {
                others.add(i);
            }
        }
        if (others.size() != 1) {
            throw unfit(place, others.isEmpty() ? "never anything but null" : "a union of several types");
        }
        SchemaShape only = shape(branches.get(others.get(0)), place + "/" + others.get(0));
        return branches.size() == 1 ? only : only.orNull();
    }

    private SchemaShape complex(JsonNode schema, String place) throws SchemaException {
        JsonNode type = schema.path("type");
        if (!schema.isObject() || !type.isTextual()) {
            if (schema.isObject() && (type.isObject() || type.isArray())) {
                return shape(type, place + "/type");
            }
            throw new SchemaException(place, "this is no type of Avro.", "write one, such as `\"string\"`.");
        }
        switch (type.asText()) {
            case "record":
                if (open.contains(schema)) {
                    throw unfit(place, "the record `" + nameOf(schema) + "`, which would contain itself");
                }
                return SchemaShape.record(record(schema, nameOf(schema), place));
            case "enum":
                return SchemaShape.of(Scalar.STRING);
            case "array":
                SchemaShape element = inner(schema, "items", place);
                return element.within(new ListType(element.type()));
            case "map":
                SchemaShape value = inner(schema, "values", place);
                return value.within(new MapType(value.type()));
            default:
                return logical(schema, type.asText(), place);
        }
    }

    /** What a list or map holds, a level further in. */
    private SchemaShape inner(JsonNode schema, String name, String place) throws SchemaException {
        enter(place);
        try {
            return notNull(shape(schema.path(name), place + "/" + name), place);
        } finally {
            leave();
        }
    }

    /** A logical type that stands on another type than it may is none, by Avro's specification. */
    private SchemaShape logical(JsonNode schema, String type, String place) throws SchemaException {
        String base = type.equals("fixed") ? "bytes" : type;
        SchemaShape shape = base.equals("bytes") ? SchemaShape.of(Scalar.BYTES) : shapeOf(type, place);
        return switch (base + " " + schema.path("logicalType").asText()) {
            case "bytes decimal" -> SchemaShape.of(Scalar.DECIMAL);
            case "int date" -> SchemaShape.of(Scalar.DATE);
            case "long timestamp-millis" -> SchemaShape.timestamp(TimestampFormat.MILLIS);
            case "long timestamp-micros" -> SchemaShape.timestamp(TimestampFormat.MICROS);
            default -> shape;
        };
    }

    private SchemaShape shapeOf(String type, String place) throws SchemaException {
        if (ambiguous.contains(type)) {
            throw new SchemaException(
                    place, "there are several types `" + type + "`.", "write the name with its namespace.");
        }
        JsonNode known = named.get(type);
        return known == null ? primitive(type, place) : complex(known, place);
    }

    private static SchemaShape primitive(String type, String place) throws SchemaException {
        return switch (type) {
            case "string" -> SchemaShape.of(Scalar.STRING);
            case "boolean" -> SchemaShape.of(Scalar.BOOLEAN);
            case "int" -> SchemaShape.of(Scalar.INT);
            case "long" -> SchemaShape.of(Scalar.LONG);
            case "float", "double" -> SchemaShape.of(Scalar.DOUBLE);
            case "bytes" -> SchemaShape.of(Scalar.BYTES);
            case "null" -> throw unfit(place, "never anything but null");
            default -> throw new SchemaException(place, "there is no type `" + type + "`.", "correct its name.");
        };
    }

    /**
     * Remembers a schema, and those in it, by their names.
     *
     * @param around the namespace of what it stands in, which is its own if it says no other
     */
    private void remember(JsonNode schema, String around) {
        String namespace = around;
        String name = nameOf(schema);
        if (!name.isEmpty() && NAMED.contains(schema.path("type").asText())) {
            String written = schema.path("name").asText();
            namespace = written.contains(".")
                    ? written.substring(0, written.length() - name.length() - 1)
                    : schema.path("namespace").asText(around);
            if (named.putIfAbsent(name, schema) != null) {
                ambiguous.add(name);
            }
            if (!namespace.isEmpty()) {
                named.putIfAbsent(namespace + "." + name, schema);
            }
        }
        List<JsonNode> inside = new ArrayList<>();
        if (schema.isArray()) {
            schema.forEach(inside::add);
        } else {
            inside.addAll(List.of(schema.path("type"), schema.path("items"), schema.path("values")));
            schema.path("fields").forEach(field -> inside.add(field.path("type")));
        }
        for (JsonNode each : inside) {
            if (each.isContainerNode()) {
                remember(each, namespace);
            }
        }
    }

    /** The name without its namespace. */
    private static String nameOf(JsonNode schema) {
        String name = schema.path("name").asText();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
