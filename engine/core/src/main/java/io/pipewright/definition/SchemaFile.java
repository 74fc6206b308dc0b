package io.pipewright.definition;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.pipewright.diagnostic.Position;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a record from a file: an Avro schema ({@code .avsc}) or a JSON Schema ({@code .json}). */
abstract sealed class SchemaFile permits AvroSchemaFile, JsonSchemaFile {

    /** The largest that a record may be, with what it contains; as those that are written in the pipeline. */
    private static final int MAX_LEVELS = 64;

    private static final int MAX_FIELDS = 10_000;

    /** After so many, and one more, a file is read no further. */
    private static final int MAX_PROBLEMS = 20;

    private final List<SchemaException> found = new ArrayList<>();
    private List<SchemaProblem> problems = List.of();
    private int levels;
    private int deepest;
    private int fields;

    /**
     * Reads the record that a file declares.
     *
     * @param file the file's name, which says what kind of schema it is
     * @param record what the pipeline calls the record
     */
    static SchemaFile of(String file, String text, String record) {
        JsonNode root = MissingNode.getInstance();
        List<SchemaProblem> problems = new ArrayList<>();
        try {
            root = JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(text);
        } catch (JsonProcessingException e) {
            problems.add(notJson(e.getLocation()));
        }
        SchemaFile schema = file.endsWith(".avsc") ? new AvroSchemaFile() : new JsonSchemaFile(root);
        if (problems.isEmpty()) {
            problems.addAll(schema.read(root, text, record));
        }
        schema.problems = List.copyOf(problems);
        return schema;
    }

    private static SchemaProblem notJson(@Nullable JsonLocation at) {
        return new SchemaProblem(
                at == null ? new Position(1, 1) : JsonPlaces.position(at),
                "this is not JSON.",
                "correct the file; often a comma, a colon or a quote is missing near there, or a name is there twice.");
    }

    private List<SchemaProblem> read(JsonNode root, String text, String record) {
        try {
            declared = declare(root, record);
        } catch (SchemaException e) {
            found.add(e);
        }
        JsonPlaces places =
                JsonPlaces.of(text, found.stream().map(SchemaException::place).toList());
        return found.stream()
                .map(each -> new SchemaProblem(places.of(each.place()), each.sentence(), each.hint()))
                .toList();
    }

    static boolean isKnown(String file) {
        return file.endsWith(".avsc") || file.endsWith(".json");
    }

    /** All that is wrong with the file; if anything is, the record is not the whole one. */
    List<SchemaProblem> problems() {
        return problems;
    }

    /**
     * Keeps a problem, so that others are looked for.
     *
     * @throws SchemaException the problem itself, if no others are to be looked for
     */
    void keep(SchemaException problem) throws SchemaException {
        if (problem.isLast() || found.size() >= MAX_PROBLEMS) {
            throw problem;
        }
        found.add(problem);
    }

    boolean isSound() {
        return found.isEmpty();
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
        if (levels >= MAX_LEVELS) {
            throw tooLarge(place);
        }
        levels++;
        deepest = Math.max(deepest, levels);
    }

    void leave() {
        levels--;
    }

    /** The declared field of a name and a shape. */
    DeclaredField field(String name, SchemaShape shape, String place) throws SchemaException {
        if (++fields > MAX_FIELDS) {
            throw tooLarge(place);
        }
        if (!Names.isIdentifier(name)) {
            throw new SchemaException(
                    place,
                    "`" + name + "` cannot be the name of a field.",
                    "declare the record with `fields` in the pipeline, and this one with a `path`.");
        }
        return new DeclaredField(
                new Field(name, shape.type(), shape.nullable()), List.of(name), shape.format(), shape.nested());
    }

    /** A record of fields; without any only where something is wrong with them. */
    DeclaredRecord record(String name, List<DeclaredField> fields, String place) throws SchemaException {
        if (fields.isEmpty() && isSound()) {
            throw new SchemaException(place, "this record has no fields.", "give it one, or leave it out.");
        }
        return new DeclaredRecord(name, fields, UnknownFields.IGNORE);
    }

    /** Refuses an element of a list or map that may be null. */
    static SchemaShape notNull(SchemaShape element, String place) throws SchemaException {
        if (element.nullable()) {
            throw new SchemaException(
                    place,
                    "what is in this list or map may be null, and here it may not.",
                    "declare elements that are never null.");
        }
        return element;
    }

    static SchemaException unfit(String place, String what) {
        return new SchemaException(
                place,
                "this is " + what + ", which no field of a record can be.",
                "declare the record with `fields` in the pipeline, and leave this one out.");
    }

    private static SchemaException tooLarge(String place) {
        return SchemaException.last(
                place,
                "this is deeper than " + MAX_LEVELS + " levels or the record larger than " + MAX_FIELDS
                        + " fields, with what it contains.",
                "declare the fields that are used with `fields` in the pipeline.");
    }
}
