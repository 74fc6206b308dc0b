package io.pipewright.definition;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.Field;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a record from a file: an Avro schema ({@code .avsc}) or a JSON Schema ({@code .json}). */
abstract sealed class SchemaFile permits AvroSchemaFile, JsonSchemaFile {

    /** The largest that a record may be, with what it contains; as those that are written in the pipeline. */
    private static final int MAX_LEVELS = 64;

    private static final int MAX_FIELDS = 10_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private int levels;
    private int deepest;
    private int fields;

    /**
     * Reads the record that a file declares.
     *
     * @param file the file's name, which says what kind of schema it is
     * @param record what the pipeline calls the record
     */
    static SchemaFile of(String file, String text, String record) throws SchemaException {
        JsonNode root;
        try {
            root = JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(text);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : ", near line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new SchemaException("it is not JSON" + place, "mend the file.");
        }
        SchemaFile schema = file.endsWith(".avsc") ? new AvroSchemaFile() : new JsonSchemaFile(root);
        schema.declared = schema.declare(root, record);
        return schema;
    }

    static boolean isKnown(String file) {
        return file.endsWith(".avsc") || file.endsWith(".json");
    }

    private DeclaredRecord declared = new DeclaredRecord("", List.of(), UnknownFields.IGNORE);

    /** The record; its {@code unknown} is for the pipeline to say. */
    DeclaredRecord declared() {
        return declared;
    }

    /** How many levels it has, 1 for scalars alone. */
    int levels() {
        return deepest;
    }

    /** Its fields, with those of the records in it. */
    int fields() {
        return fields;
    }

    abstract DeclaredRecord declare(JsonNode root, String name) throws SchemaException;

    /** Goes one level in; to be followed by {@link #leave}. */
    void enter(String place) throws SchemaException {
        levels++;
        deepest = Math.max(deepest, levels);
        if (levels > MAX_LEVELS) {
            throw tooLarge(place);
        }
    }

    void leave() {
        levels--;
    }

    /** The declared field of a name and a shape. */
    DeclaredField field(String name, SchemaShape shape, String place) throws SchemaException {
        if (++fields > MAX_FIELDS) {
            throw tooLarge(place);
        }
        if (!NAME.matcher(name).matches()) {
            throw new SchemaException(
                    "`" + name + "` at `" + place + "` cannot be the name of a field",
                    "declare the record with `fields` in the pipeline, and this one with a `path`.");
        }
        return new DeclaredField(
                new Field(name, shape.type(), shape.nullable()), List.of(name), shape.format(), shape.nested());
    }

    static DeclaredRecord record(String name, List<DeclaredField> fields, String place) throws SchemaException {
        if (fields.isEmpty()) {
            throw new SchemaException("the record at `" + place + "` has no fields", "give it one, or leave it out.");
        }
        return new DeclaredRecord(name, fields, UnknownFields.IGNORE);
    }

    /** Refuses an element of a list or map that may be null. */
    static SchemaShape notNull(SchemaShape element, String place) throws SchemaException {
        if (element.nullable()) {
            throw new SchemaException(
                    "what is in the list or map at `" + place + "` may be null, and here it may not",
                    "declare elements that are never null.");
        }
        return element;
    }

    static SchemaException unfit(String place, String what) {
        return new SchemaException(
                "`" + place + "` is " + what + ", which no field of a record can be",
                "declare the record with `fields` in the pipeline, and leave this one out.");
    }

    private static SchemaException tooLarge(String place) {
        return new SchemaException(
                "`" + place + "` is deeper than " + MAX_LEVELS + " levels or the record larger than " + MAX_FIELDS
                        + " fields, with what it contains",
                "declare the fields that are used with `fields` in the pipeline.");
    }
}
