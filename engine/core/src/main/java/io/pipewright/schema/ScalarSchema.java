package io.pipewright.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schemas of scalars for editors: each takes a reference {@code ${...}}, and what has a spelling of its own, such as
 * a duration, is held to it.
 */
final class ScalarSchema {

    private static final String REFERENCE = "\\$\\{";

    private static final String DURATION = "(?=\\d)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?";

    private ScalarSchema() {}

    static Map<String, Object> of(OptionShape.Leaf leaf) {
        return switch (leaf) {
            case BOOLEAN -> orReference("boolean");
            case INT, LONG -> orReference("integer");
            case DOUBLE -> orReference("number");
            case DURATION -> spelled(
                    "^" + DURATION + "$", "Write a duration such as `500ms`, `10s` or `1h30m`.", "string");
            case DIFFERENCE -> spelled(
                    "^-?" + DURATION + "$", "Write a duration, or one with a minus: `20s`, `-5s`.", "string");
            case RATE -> spelled("^0*[1-9]\\d*/(s|m|h)$", "Write a rate such as `500/s` or `10000/m`.", "string");
            case SIZE -> spelled("^\\d+(B|KiB|MiB|GiB|TiB)$", "Write a size such as `64MiB`.", "string");
            case TIMES -> spelled(
                    "^\\d{1,9}(\\.\\.(\\d{1,9})?)?$",
                    "Write how often: `3`, between two numbers `2..4`, or at least `1..`.",
                    "integer",
                    "string");
            case EXPRESSION -> FormSchema.types("string", "number", "boolean", "null");
            case STRING, TIMESTAMP, PORT, RECORD, CONNECTION, FILE, SECRET -> FormSchema.types(
                    "string", "number", "boolean");
        };
    }

    static Map<String, Object> of(Form.Choice choice) {
        Map<String, Object> names = new LinkedHashMap<>();
        names.put("enum", choice.values());
        if (!choice.references()) {
            names.put("type", "string");
            return names;
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("anyOf", List.of(names, reference()));
        return schema;
    }

    /** The type, or a text with a reference. */
    static Map<String, Object> orReference(String type) {
        Map<String, Object> schema = FormSchema.types(type, "string");
        schema.put("pattern", REFERENCE);
        schema.put(
                "patternErrorMessage",
                "Write " + FormWords.withArticle(type) + ", or a reference such as `${var:name}`.");
        return schema;
    }

    private static Map<String, Object> reference() {
        Map<String, Object> schema = FormSchema.types("string");
        schema.put("pattern", REFERENCE);
        return schema;
    }

    private static Map<String, Object> spelled(String pattern, String message, String... types) {
        Map<String, Object> schema = FormSchema.types(types);
        schema.put("pattern", REFERENCE + "|" + pattern);
        schema.put("patternErrorMessage", message);
        return schema;
    }

    /** A default as JSON has it, from how an author writes it. */
    static Object value(Form form, String text) {
        if (form instanceof Form.Value value) {
            switch (value.leaf()) {
                case BOOLEAN -> {
                    return Boolean.valueOf(text);
                }
                case INT, LONG -> {
                    return Long.valueOf(text);
                }
                case DOUBLE -> {
                    return Double.valueOf(text);
                }
                default -> {
                    return text;
                }
            }
        }
        return text;
    }
}
