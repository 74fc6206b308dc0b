package io.pipewright.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes a JSON Schema (draft-07) of a whole form, down through every {@code type}, with the words of the options for
 * editors to show.
 *
 * <p>{@link StructureSchema} makes the schemas that the engine itself checks with, a level at a time; what is an error
 * here is one there or in a later phase. A {@code type} is followed by {@code if} and {@code then}: an editor completes
 * by what {@code type} says, and a slip of the pen gets one complaint.
 */
final class FormSchema {

    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";

    private final Map<String, Object> definitions = new TreeMap<>();

    private FormSchema() {}

    /** The schema of a form, in which each type of entry is a definition. */
    static Map<String, Object> of(String title, String description, Form form) {
        FormSchema made = new FormSchema();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", DRAFT);
        schema.put("title", title);
        schema.put("description", description);
        schema.putAll(made.schema(form));
        if (!made.definitions.isEmpty()) {
            schema.put("definitions", made.definitions);
        }
        return schema;
    }

    private Map<String, Object> schema(Form form) {
        if (form instanceof Form.Value value) {
            return ScalarSchema.of(value.leaf());
        } else if (form instanceof Form.Choice choice) {
            return ScalarSchema.of(choice);
        } else if (form instanceof Form.Items items) {
            Map<String, Object> schema = ScalarSchema.orReference("array");
            schema.put("items", schema(items.element()));
            return schema;
        } else if (form instanceof Form.TextOrTexts) {
            Map<String, Object> schema = types("string", "array");
            schema.put("items", types("string"));
            return schema;
        } else if (form instanceof Form.Entries entries) {
            Map<String, Object> schema = types("object");
            schema.put("additionalProperties", schema(entries.value()));
            return schema;
        } else if (form instanceof Form.TypeOrBlock block) {
            Map<String, Object> schema = fields(block.block());
            schema.put("type", List.of("string", "object"));
            return schema;
        } else if (form instanceof Form.Fields fields) {
            return fields(fields);
        } else if (form instanceof Form.Again again) {
            return again(again);
        }
        return typed((Form.Typed) form);
    }

    private Map<String, Object> fields(Form.Fields form) {
        Map<String, Object> schema = types("object");
        schema.put("properties", properties(form, Set.of()));
        if (!form.required().isEmpty()) {
            schema.put("required", List.copyOf(form.required()));
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /** What may hold more of its own kind is a definition, to which those inside it refer. */
    private Map<String, Object> again(Form.Again form) {
        if (definitions.putIfAbsent(form.name(), Map.of()) == null) {
            definitions.put(form.name(), fields(form.fields().get()));
        }
        return reference(form.name());
    }

    private static Map<String, Object> reference(String definition) {
        return new LinkedHashMap<>(Map.of("$ref", "#/definitions/" + definition));
    }

    private Map<String, Object> properties(Form.Fields form, Set<String> except) {
        Map<String, Object> properties = new LinkedHashMap<>();
        form.fields().forEach((name, field) -> {
            if (!except.contains(name)) {
                properties.put(name, property(field));
            }
        });
        return properties;
    }

    private Map<String, Object> property(Form.Fields.Field field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", field.doc());
        schema.put("markdownDescription", markdown(field));
        schema.putAll(schema(field.form()));
        if (field.defaultText() != null) {
            schema.put("default", ScalarSchema.value(field.form(), field.defaultText()));
        }
        return field.required() ? schema : orNull(schema);
    }

    private static String markdown(Form.Fields.Field field) {
        String kind = "*" + FormWords.of(field.form()) + (field.required() ? ", required" : "") + "*";
        String standard = field.defaultText() == null ? "" : ", `" + field.defaultText() + "` if absent";
        return field.doc() + "\n\n" + kind + standard;
    }

    /** Null for an option that may be left out is as if it were left out. */
    private static Map<String, Object> orNull(Map<String, Object> schema) {
        Object alternatives = schema.get("anyOf");
        if (alternatives instanceof List<?> several) {
            List<Object> more = new ArrayList<>(several);
            more.add(types("null"));
            schema.put("anyOf", more);
        } else {
            Object type = schema.get("type");
            List<Object> more =
                    new ArrayList<>(type instanceof List<?> several ? several : List.of(String.valueOf(type)));
            if (!more.contains("null")) {
                more.add("null");
            }
            schema.put("type", more);
        }
        return schema;
    }

    private Map<String, Object> typed(Form.Typed form) {
        List<Object> branches = new ArrayList<>();
        for (String type : form.types()) {
            Map<String, Object> is = new LinkedHashMap<>();
            is.put("properties", Map.of("type", Map.of("const", type)));
            is.put("required", List.of("type"));
            Map<String, Object> branch = new LinkedHashMap<>();
            branch.put("if", is);
            branch.put("then", ofType(form, type));
            branches.add(branch);
        }
        Map<String, Object> schema = types("object");
        schema.put("required", List.of("type"));
        schema.put("properties", Map.of("type", typeNames(form)));
        schema.put("allOf", branches);
        return schema;
    }

    /** What has a type of its own and stands in a block of the pipeline is a definition; all else stands in place. */
    private Map<String, Object> ofType(Form.Typed form, String type) {
        Map<String, Object> schema = new LinkedHashMap<>();
        String summary = form.summaryOf().apply(type);
        if (!summary.isEmpty()) {
            schema.put("description", summary);
        }
        Form.Fields fields = form.fieldsOf().apply(type);
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("type", typeName(form, type, summary));
        properties.putAll(properties(fields, Set.of("type")));
        schema.putAll(fields(fields));
        schema.put("properties", properties);
        if (summary.isEmpty() || form.what().equals("format")) {
            return schema;
        }
        String name = form.what() + "." + type;
        definitions.put(name, schema);
        return reference(name);
    }

    private static Map<String, Object> typeName(Form.Typed form, String type, String summary) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", summary.isEmpty() ? "Which type of " + form.what() + " this is." : summary);
        schema.put("const", type);
        return schema;
    }

    private static Map<String, Object> typeNames(Form.Typed form) {
        Map<String, Object> schema = new LinkedHashMap<>();
        List<String> types = List.copyOf(form.types());
        schema.put("description", "Which type of " + form.what() + " this is.");
        schema.put("enum", types);
        List<String> summaries = types.stream().map(form.summaryOf()).toList();
        if (summaries.stream().noneMatch(String::isEmpty)) {
            schema.put("enumDescriptions", summaries);
            schema.put("markdownEnumDescriptions", summaries);
        }
        return schema;
    }

    static Map<String, Object> types(String... types) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", types.length == 1 ? types[0] : Arrays.asList(types));
        return schema;
    }
}
