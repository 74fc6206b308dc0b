package io.pipewright.schema;

import java.util.List;
import java.util.stream.Stream;
import org.everit.json.schema.ArraySchema;
import org.everit.json.schema.BooleanSchema;
import org.everit.json.schema.CombinedSchema;
import org.everit.json.schema.EnumSchema;
import org.everit.json.schema.NullSchema;
import org.everit.json.schema.NumberSchema;
import org.everit.json.schema.ObjectSchema;
import org.everit.json.schema.Schema;
import org.everit.json.schema.StringSchema;
import org.jspecify.annotations.Nullable;

/**
 * What the JSON Schema library checks a value of a form with. It is put together by the library's builders: to write it
 * as JSON and load that takes a fifth of the time of a short command.
 *
 * <p>Every scalar takes a reference {@code ${...}}, and so does a list. What our own literals are read from (texts,
 * durations, rates, expressions) may be any scalar, since YAML makes a number of {@code 1}. A schema ends where {@code
 * type} decides how it goes on, and where maps stand in others of their kind: there it takes any map, and its schema is
 * another.
 */
final class StructureSchema {

    private static final Schema NUMBER = NumberSchema.builder().build();
    private static final Schema INTEGER =
            NumberSchema.builder().requiresInteger(true).build();
    private static final Schema MAP = ObjectSchema.builder().build();

    /** A text with a reference anywhere in it. */
    private static final Schema REFERENCE =
            StringSchema.builder().pattern("\\$\\{").build();

    private static final Schema SCALAR_OR_NULL = scalarOr(null);
    private static final Schema SCALAR = scalarOr(false);

    private StructureSchema() {}

    /** Any text, number or boolean: by what it is not, for of alternatives the library tries all, and each refusal takes long. */
    private static Schema scalarOr(@Nullable Boolean nullable) {
        ObjectSchema.Builder noMap =
                ObjectSchema.builder().requiresObject(false).minProperties(Integer.MAX_VALUE);
        noMap.nullable(nullable);
        Schema noList = ArraySchema.builder()
                .requiresArray(false)
                .minItems(Integer.MAX_VALUE)
                .build();
        return CombinedSchema.allOf(List.of(noMap.build(), noList)).build();
    }

    static Schema of(Form form) {
        return any(alternatives(form));
    }

    private static Schema any(List<Schema> alternatives) {
        return alternatives.size() == 1
                ? alternatives.get(0)
                : CombinedSchema.anyOf(alternatives).build();
    }

    /** A value of the form is valid by one of these. */
    private static List<Schema> alternatives(Form form) {
        if (form instanceof Form.Value value) {
            return scalar(value.leaf());
        } else if (form instanceof Form.Choice choice) {
            Schema names = EnumSchema.builder()
                    .possibleValues(List.copyOf(choice.values()))
                    .build();
            return choice.references() ? List.of(names, REFERENCE) : List.of(names);
        } else if (form instanceof Form.Items items) {
            return List.of(list(of(items.element())), REFERENCE);
        } else if (form instanceof Form.TextOrTexts) {
            return List.of(SCALAR, list(SCALAR));
        } else if (form instanceof Form.Entries entries) {
            return List.of(ObjectSchema.builder()
                    .schemaOfAdditionalProperties(of(entries.value()))
                    .build());
        } else if (form instanceof Form.TypeOrBlock) {
            return List.of(SCALAR, MAP);
        } else if (form instanceof Form.Fields fields) {
            return List.of(map(fields));
        }
        return List.of(MAP);
    }

    private static List<Schema> scalar(OptionShape.Leaf leaf) {
        return switch (leaf) {
            case BOOLEAN -> List.of(BooleanSchema.INSTANCE, REFERENCE);
            case INT, LONG -> List.of(INTEGER, REFERENCE);
            case DOUBLE -> List.of(NUMBER, REFERENCE);
            case EXPRESSION -> List.of(SCALAR_OR_NULL);
            case STRING,
                    DURATION,
                    DIFFERENCE,
                    RATE,
                    SIZE,
                    TIMES,
                    TIMESTAMP,
                    PORT,
                    RECORD,
                    CONNECTION,
                    FILE,
                    SECRET -> List.of(SCALAR);
        };
    }

    /** The same, and null. */
    private static List<Schema> orNull(List<Schema> alternatives) {
        return alternatives.size() == 1 && alternatives.get(0) == SCALAR
                ? List.of(SCALAR_OR_NULL)
                : Stream.concat(alternatives.stream(), Stream.of(NullSchema.INSTANCE))
                        .toList();
    }

    private static Schema list(Schema element) {
        return ArraySchema.builder().allItemSchema(element).build();
    }

    /** Null for an option that may be left out is as if it were left out. */
    private static Schema map(Form.Fields fields) {
        ObjectSchema.Builder map = ObjectSchema.builder().additionalProperties(false);
        fields.fields().forEach((key, field) -> {
            List<Schema> alternatives = alternatives(field.form());
            boolean nullable =
                    !field.required() && !(field.form() instanceof Form.Choice choice && !choice.references());
            map.addPropertySchema(key, any(nullable ? orNull(alternatives) : alternatives));
        });
        fields.required().forEach(map::addRequiredProperty);
        return map.build();
    }
}
