package io.pipewright.definition;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a JSON Schema of an object: its {@code properties} are the fields; one that is not {@code required} may be null.
 * {@code $ref} may name other places of the file. What limits values beyond their type, such as {@code maxLength} or
 * {@code enum}, is not looked at.
 */
final class JsonSchemaFile extends SchemaFile {

    private final JsonNode root;
    private final Set<String> open = new HashSet<>();

    JsonSchemaFile(JsonNode root) {
        this.root = root;
    }

    @Override
    DeclaredRecord declare(JsonNode schema, String name) throws SchemaException {
        SchemaShape shape = schema.isObject() ? shape(schema, name, "") : SchemaShape.of(Scalar.JSON);
        if (shape.nested() == null || !shape.type().equals(shape.nested().type())) {
            throw new SchemaException(
                    "", "this is no JSON Schema of an object.", "let it have `\"type\": \"object\"` and `properties`.");
        }
        return shape.nested();
    }

    private SchemaShape shape(JsonNode schema, String name, String place) throws SchemaException {
        if (schema.path("$ref").isTextual()) {
            return referred(schema.path("$ref").asText(), name, place);
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice)) {
                return anyOf(schema.path(choice), name, place + "/" + choice);
            }
        }
        JsonNode type = schema.path("type");
        if (!type.isArray()) {
            return typed(type.asText(), schema, name, place);
        }
        List<String> others = new ArrayList<>();
        type.forEach(each -> {
            if (!each.asText().equals("null")) {
                others.add(each.asText());
            }
        });
        if (others.size() != 1) {
            throw unfit(place + "/type", others.isEmpty() ? "never anything but null" : "a choice of several types");
        }
        SchemaShape only = typed(others.get(0), schema, name, place);
        return type.size() == 1 ? only : only.orNull();
    }

    private SchemaShape referred(String ref, String name, String place) throws SchemaException {
        JsonNode target = null;
        try {
            target = ref.equals("#")
                    ? root
                    : ref.startsWith("#/") ? root.at(JsonPointer.compile(ref.substring(1))) : null;
        } catch (IllegalArgumentException e) {
            // no pointer, so nothing is there
        }
        if (target == null || !target.isObject()) {
            throw new SchemaException(
                    place,
                    "`" + ref + "` is no place of this file.",
                    "refer to a place such as `#/definitions/Address`.");
        }
        if (!open.add(ref)) {
            throw unfit(place, "`" + ref + "`, which would contain itself");
        }
        try {
            return inner(target, name, ref.substring(1), place);
        } finally {
            open.remove(ref);
        }
    }

    private SchemaShape anyOf(JsonNode choices, String name, String place) throws SchemaException {
        List<Integer> others = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            if (!choices.get(i).path("type").asText().equals("null")) {
                others.add(i);
            }
        }
        if (others.size() != 1) {
            throw unfit(place, "a choice of several types");
        }
        SchemaShape only = inner(choices.get(others.get(0)), name, place + "/" + others.get(0), place);
        return choices.size() == 1 ? only : only.orNull();
    }

    private SchemaShape typed(String type, JsonNode schema, String name, String place) throws SchemaException {
        return switch (type) {
            case "string" -> text(schema);
            case "integer" -> SchemaShape.of(Scalar.LONG);
            case "number" -> SchemaShape.of(Scalar.DOUBLE);
            case "boolean" -> SchemaShape.of(Scalar.BOOLEAN);
            case "array" -> list(schema, name, place);
            case "object" -> object(schema, name, place);
            case "null" -> throw unfit(place, "never anything but null");
            case "" -> throw unfit(place, "of no stated `type`");
            default -> throw new SchemaException(
                    place + "/type", "there is no type `" + type + "`.", "correct its name.");
        };
    }

    private static SchemaShape text(JsonNode schema) {
        if (schema.path("contentEncoding").asText().equals("base64")) {
            return SchemaShape.of(Scalar.BYTES);
        }
        return switch (schema.path("format").asText()) {
            case "date-time" -> SchemaShape.timestamp(TimestampFormat.ISO);
            case "date" -> SchemaShape.of(Scalar.DATE);
            case "duration" -> SchemaShape.of(Scalar.DURATION);
            default -> SchemaShape.of(Scalar.STRING);
        };
    }

    private SchemaShape list(JsonNode schema, String name, String place) throws SchemaException {
        JsonNode items = schema.path("items");
        if (!items.isObject()) {
            throw unfit(place, "a list whose `items` are of no one type");
        }
        SchemaShape element = notNull(inner(items, name, place + "/items", place), place);
        return element.within(new ListType(element.type()));
    }

    private SchemaShape object(JsonNode schema, String name, String place) throws SchemaException {
        JsonNode properties = schema.path("properties");
        JsonNode others = schema.path("additionalProperties");
        if (properties.isObject() && !properties.isEmpty()) {
            return SchemaShape.record(record(schema, name, place));
        }
        if (!others.isObject()) {
            throw unfit(place, "an object of any content");
        }
        SchemaShape value = notNull(inner(others, name, place + "/additionalProperties", place), place);
        return value.within(new MapType(value.type()));
    }

    private DeclaredRecord record(JsonNode schema, String name, String place) throws SchemaException {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(each -> required.add(each.asText()));
        List<DeclaredField> fields = new ArrayList<>();
        Iterator<Map.Entry<String, JsonNode>> properties =
                schema.path("properties").fields();
        while (properties.hasNext()) {
            Map.Entry<String, JsonNode> property = properties.next();
            String at = place + "/properties/" + property.getKey();
            try {
                SchemaShape shape = inner(property.getValue(), property.getKey(), at, place);
                fields.add(field(property.getKey(), required.contains(property.getKey()) ? shape : shape.orNull(), at));
            } catch (SchemaException e) {
                keep(e);
            }
        }
        return record(name, fields, place);
    }

    /** A schema a level further in than the one around it. */
    private SchemaShape inner(JsonNode schema, String name, String place, String around) throws SchemaException {
        enter(around);
        try {
            return shape(schema, name, place);
        } finally {
            leave();
        }
    }
}
