package io.pipewright.stages.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the fields of a record with the JSON Schema of an action's output, {@code outputSchema} in the answer.
 *
 * <p>A field is looked up by its path in the message. What the schema does not state as a {@code type}, such as a
 * reference to another schema, is taken to fit.
 *
 * @param except names of fields that are not compared
 */
record OutputContract(DeclaredRecord record, List<String> except) {

    private static final String SCHEMA = "outputSchema";

    OutputContract {
        except = List.copyOf(except);
    }

    /** What does not fit: first the missing fields together, then each field of another type. */
    List<OutsideProblem> compare(JsonNode answer, String path) {
        JsonNode schema = answer.path(SCHEMA);
        if (!schema.path("properties").isObject()) {
            return List.of(new OutsideProblem(
                    "The answer of `" + path + "` does not describe its output: it has no `" + SCHEMA + ".properties`.",
                    "check that `path` names an action, or remove `outputMatches`."));
        }
        List<String> missing = new ArrayList<>();
        List<OutsideProblem> problems = new ArrayList<>();
        for (DeclaredField field : record.fields()) {
            if (except.contains(field.field().name())) {
                continue;
            }
            JsonNode property = property(schema, field.path());
            if (property == null) {
                missing.add("`" + String.join(".", field.path()) + "`");
            } else {
                mismatch(field.field(), property, path).ifPresent(problems::add);
            }
        }
        if (!missing.isEmpty()) {
            problems.add(
                    0,
                    new OutsideProblem(
                            "The output of `" + path + "` lacks " + String.join(", ", missing)
                                    + ", declared in record `" + record.name() + "`.",
                            "add to the action what it lacks, or name the fields under `outputMatches.except`."));
        }
        return problems;
    }

    private static @Nullable JsonNode property(JsonNode schema, List<String> path) {
        JsonNode at = schema;
        for (String key : path) {
            JsonNode next = at.path("properties").get(key);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    private Optional<OutsideProblem> mismatch(Field field, JsonNode property, String path) {
        Set<String> stated = types(property);
        boolean nullable = stated.remove("null");
        Set<String> fitting = fitting(field.type());
        if (!fitting.containsAll(stated)) {
            return Optional.of(new OutsideProblem(
                    "`" + field.name() + "` is " + quoted(stated) + " in the output of `" + path + "`, but `"
                            + field.text() + "` in record `" + record.name() + "`.",
                    "declare the field as the action gives it, or name it under `outputMatches.except`."));
        }
        if (nullable && !field.nullable()) {
            return Optional.of(new OutsideProblem(
                    "`" + field.name() + "` may be null in the output of `" + path + "`, but not in record `"
                            + record.name() + "`.",
                    "declare it as `" + field.type().text() + "?`, or name it under `outputMatches.except`."));
        }
        return Optional.empty();
    }

    /** The types that a property states; empty if it states none. */
    private static Set<String> types(JsonNode property) {
        Set<String> types = new LinkedHashSet<>();
        JsonNode type = property.path("type");
        if (type.isTextual()) {
            types.add(type.textValue());
        }
        type.forEach(one -> types.add(one.asText()));
        return types;
    }

    /** The types of JSON Schema that hold nothing but values of a type. */
    private static Set<String> fitting(DataType type) {
        if (type instanceof ListType) {
            return Set.of("array");
        }
        if (!(type instanceof Scalar scalar)) {
            return Set.of("object");
        }
        return switch (scalar) {
            case STRING, BYTES, DATE -> Set.of("string");
            case BOOLEAN -> Set.of("boolean");
            case INT, LONG -> Set.of("integer");
            case DOUBLE -> Set.of("number", "integer");
            case DECIMAL -> Set.of("number", "integer", "string");
                // Which of them it is, the record's `format` says: milliseconds or ISO-8601.
            case TIMESTAMP, DURATION -> Set.of("integer", "string");
            case JSON -> Set.of("object", "array", "string", "number", "integer", "boolean");
        };
    }

    private static String quoted(Set<String> types) {
        return "`" + String.join("` or `", types) + "`";
    }
}
