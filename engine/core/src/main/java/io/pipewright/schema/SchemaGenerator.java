package io.pipewright.schema;

import java.util.Map;
import org.json.JSONArray;
import org.json.JSONObject;

/**
 * Makes JSON Schemas (draft-07) of forms.
 *
 * <p>Every scalar takes a reference {@code ${...}}, and so does a list. What our own literals are read from (texts,
 * durations, rates, expressions) may be any scalar, since YAML makes a number of {@code 1}. A schema ends where {@code
 * type} decides how it goes on: there it takes any map, and the schema of the type is another.
 */
final class SchemaGenerator {

    static final String DRAFT = "http://json-schema.org/draft-07/schema#";

    /** Finds a reference anywhere in a text. */
    private static final String REFERENCE = "\\$\\{";

    private SchemaGenerator() {}

    /** A schema by itself. */
    static JSONObject schema(Form form) {
        return schemaOf(form).put("$schema", DRAFT);
    }

    private static JSONObject schemaOf(Form form) {
        if (form instanceof Form.Value value) {
            return scalar(value.leaf());
        } else if (form instanceof Form.Choice choice) {
            return choice(choice);
        } else if (form instanceof Form.Items items) {
            return reference("array").put("items", schemaOf(items.element()));
        } else if (form instanceof Form.TextOrTexts) {
            return types("string", "number", "boolean", "array").put("items", scalar(OptionShape.Leaf.STRING));
        } else if (form instanceof Form.Entries entries) {
            return types("object").put("additionalProperties", schemaOf(entries.value()));
        } else if (form instanceof Form.TypeOrBlock) {
            return types("string", "number", "boolean", "object");
        } else if (form instanceof Form.Fields fields) {
            return fields(fields);
        }
        return types("object");
    }

    private static JSONObject scalar(OptionShape.Leaf leaf) {
        return switch (leaf) {
            case BOOLEAN -> reference("boolean");
            case INT, LONG -> reference("integer");
            case DOUBLE -> reference("number");
            case EXPRESSION -> types("string", "number", "boolean", "null");
            case STRING, DURATION, RATE, SIZE, TIMES, TIMESTAMP, PORT, RECORD, CONNECTION, FILE, SECRET -> types(
                    "string", "number", "boolean");
        };
    }

    private static JSONObject choice(Form.Choice choice) {
        JSONObject names = new JSONObject().put("enum", new JSONArray(choice.values()));
        return choice.references()
                ? new JSONObject().put("anyOf", new JSONArray().put(names).put(reference("string")))
                : names;
    }

    private static JSONObject fields(Form.Fields fields) {
        JSONObject properties = new JSONObject();
        for (Map.Entry<String, Form.Fields.Field> entry : fields.fields().entrySet()) {
            Form.Fields.Field field = entry.getValue();
            JSONObject schema = schemaOf(field.form());
            boolean nullable =
                    !field.required() && !(field.form() instanceof Form.Choice choice && !choice.references());
            properties.put(entry.getKey(), nullable ? orNull(schema) : schema);
        }
        JSONObject schema = types("object").put("properties", properties).put("additionalProperties", false);
        return fields.required().isEmpty() ? schema : schema.put("required", new JSONArray(fields.required()));
    }

    /** Null for an option that may be left out is as if it were left out. */
    private static JSONObject orNull(JSONObject schema) {
        JSONArray alternatives = schema.optJSONArray("anyOf");
        if (alternatives != null) {
            alternatives.put(new JSONObject().put("type", "null"));
            return schema;
        }
        Object type = schema.get("type");
        JSONArray types = type instanceof JSONArray several ? several : new JSONArray().put(type);
        return schema.put("type", types.put("null"));
    }

    /** The type or a text with a reference. */
    private static JSONObject reference(String type) {
        return (type.equals("string") ? types(type) : types(type, "string")).put("pattern", REFERENCE);
    }

    private static JSONObject types(String... types) {
        return new JSONObject().put("type", types.length == 1 ? types[0] : new JSONArray(types));
    }
}
