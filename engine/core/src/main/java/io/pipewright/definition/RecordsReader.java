package io.pipewright.definition;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.ForeignLetter;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.Names;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code records} block. Records may be used before they stand in the file, but not within themselves. */
final class RecordsReader {

    private static final int MAX_LEVELS = 64;

    /** Fields of a record, those of the records in it counted each time. */
    private static final int MAX_FIELDS = 10_000;

    /** What other languages call types of ours. */
    private static final Map<String, String> FOREIGN_TYPES = Map.ofEntries(
            Map.entry("integer", "int"),
            Map.entry("bigint", "long"),
            Map.entry("bool", "boolean"),
            Map.entry("text", "string"),
            Map.entry("str", "string"),
            Map.entry("varchar", "string"),
            Map.entry("float", "double"),
            Map.entry("number", "double"),
            Map.entry("numeric", "decimal"),
            Map.entry("datetime", "timestamp"),
            Map.entry("instant", "timestamp"));

    private static final Extent SCALAR = new Extent(1, 1);

    private final MappingNode block;
    private final Surroundings surroundings;
    private final Reading reading;
    private final DiagnosticCollector problems;
    private final Map<String, DeclaredRecord> read = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    private final Map<String, Extent> extents = new HashMap<>();

    /** How deep the type is nested that is being read, within its record. */
    private int levels;

    RecordsReader(MappingNode block, Surroundings surroundings, Reading reading, DiagnosticCollector problems) {
        this.surroundings = surroundings;
        this.reading = reading;
        this.block = block;
        this.problems = problems;
    }

    /** The records in the order of the file; one whose fields could not all be made out is open. */
    Map<String, DeclaredRecord> read() {
        Map<String, DeclaredRecord> ordered = new LinkedHashMap<>();
        for (MappingNode.Entry entry : block.entries()) {
            ordered.put(entry.key(), record(entry));
        }
        return ordered;
    }

    private DeclaredRecord record(MappingNode.Entry entry) {
        DeclaredRecord known = read.get(entry.key());
        if (known != null) {
            return known;
        }
        open.add(entry.key());
        MappingNode node =
                entry.value() instanceof MappingNode mapping ? mapping : new MappingNode(List.of(), entry.keySpan());
        List<DeclaredField> fields = new ArrayList<>();
        if (node.get("fields").orElse(null) instanceof MappingNode written) {
            for (MappingNode.Entry field : written.entries()) {
                field(field).ifPresent(fields::add);
            }
            extents.put(entry.key(), extent(fields));
        } else if (node.get("schema").orElse(null) instanceof ScalarNode file) {
            fields.addAll(schema(entry.key(), file));
        }
        if (!(node.get("fields").orElse(null) instanceof MappingNode) && fields.isEmpty()) {
            fields.add(new DeclaredField(reading.field(reading.word()), List.of(reading.word()), TimestampFormat.ISO));
        }
        UnknownFields unknown = node.text("unknown")
                .map(text -> UnknownFields.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(UnknownFields.IGNORE);
        DeclaredRecord record = new DeclaredRecord(entry.key(), fields, unknown);
        open.remove(entry.key());
        read.put(entry.key(), record);
        return record;
    }

    /** The fields that a file declares; none if it cannot, which is reported. */
    private List<DeclaredField> schema(String record, ScalarNode file) {
        String name = file.text();
        if (!SchemaFile.isKnown(name)) {
            problems.error(
                    "bad-schema",
                    file.span(),
                    "`" + name + "` is of no kind that records are read from.",
                    "name an Avro schema, `.avsc`, or a JSON Schema, `.json`.");
            return List.of();
        }
        Surroundings.FileText text = surroundings.read(name);
        if (text.problem() != null) {
            problems.error("unreadable-file", file.span(), text.problem(), text.hint());
            return List.of();
        }
        SchemaFile schema = SchemaFile.of(name, text.text(), record);
        for (SchemaProblem problem : schema.problems()) {
            String place = "`" + name + "` line " + problem.place().line() + ", column "
                    + problem.place().column() + ": ";
            problems.error("bad-schema", file.span(), place + problem.sentence(), problem.hint());
        }
        if (!schema.problems().isEmpty()) {
            return List.of();
        }
        extents.put(record, new Extent(schema.levels(), schema.fields()));
        return schema.declared().fields();
    }

    private Optional<DeclaredField> field(MappingNode.Entry entry) {
        if (!Names.isIdentifier(entry.key())) {
            problems.error(
                    "bad-field-name",
                    entry.keySpan(),
                    "`" + entry.key() + "` cannot be the name of a field.",
                    "use letters, digits and `_`, and say with `path` what it is called in the message."
                            + ForeignLetter.in(entry.key())
                                    .map(foreign -> " " + foreign)
                                    .orElse(""));
            return Optional.empty();
        }
        if (entry.value() instanceof ScalarNode type) {
            return Optional.of(field(entry.key(), type, List.of(entry.key()), TimestampFormat.ISO));
        }
        if (!(entry.value() instanceof MappingNode node)
                || !(node.get("type").orElse(null) instanceof ScalarNode type)) {
            return Optional.of(
                    new DeclaredField(reading.field(entry.key()), List.of(entry.key()), TimestampFormat.ISO));
        }
        List<String> path =
                node.text("path").map(text -> List.of(text.split("\\."))).orElse(List.of(entry.key()));
        TimestampFormat format = node.text("format")
                .map(text -> TimestampFormat.valueOf(text.toUpperCase(Locale.ROOT)))
                .orElse(TimestampFormat.ISO);
        return Optional.of(field(entry.key(), type, path, format));
    }

    private DeclaredField field(String name, ScalarNode type, List<String> path, TimestampFormat format) {
        String text = type.text();
        boolean nullable = text.endsWith("?");
        String bare = nullable ? text.substring(0, text.length() - 1) : text;
        DataType parsed = type(bare.strip(), type).orElse(reading.type());
        return new DeclaredField(new Field(name, parsed, nullable), path, format, nested(parsed));
    }

    /** The declaration of the record in a type, or in the elements of a list or map. */
    private @Nullable DeclaredRecord nested(DataType type) {
        if (type instanceof ListType list) {
            return nested(list.element());
        }
        if (type instanceof MapType map) {
            return nested(map.value());
        }
        return type instanceof RecordType record ? read.get(record.name()) : null;
    }

    private Optional<DataType> type(String text, ScalarNode place) {
        if (levels == MAX_LEVELS) {
            return tooLarge(place);
        }
        levels++;
        Optional<DataType> type = typeWithin(text, place);
        levels--;
        return type;
    }

    private Optional<DataType> tooLarge(ScalarNode place) {
        problems.error(
                "record-too-large",
                place.span(),
                "With what it contains, this would be deeper than " + MAX_LEVELS + " levels or larger than "
                        + MAX_FIELDS + " fields.",
                "flatten the record, or keep the inner part as text.");
        return Optional.empty();
    }

    private Optional<DataType> typeWithin(String text, ScalarNode place) {
        Optional<Scalar> scalar = Scalar.of(text);
        if (scalar.isPresent()) {
            return Optional.of(scalar.get());
        }
        if (text.startsWith("list<") && text.endsWith(">")) {
            return type(text.substring(5, text.length() - 1).strip(), place).map(ListType::new);
        }
        if (text.startsWith("map<") && text.endsWith(">")) {
            String inside = text.substring(4, text.length() - 1);
            int comma = inside.indexOf(',');
            if (comma > 0 && inside.substring(0, comma).strip().equals("string")) {
                return type(inside.substring(comma + 1).strip(), place).map(MapType::new);
            }
        }
        return recordType(text, place);
    }

    private Optional<DataType> recordType(String name, ScalarNode place) {
        Optional<MappingNode.Entry> entry = block.entry(name);
        if (entry.isEmpty()) {
            List<String> valid = new ArrayList<>();
            for (Scalar scalar : Scalar.values()) {
                if (scalar != Scalar.JSON) {
                    valid.add(scalar.text());
                }
            }
            valid.addAll(List.of("list<T>", "map<string,T>"));
            valid.addAll(block.keys());
            problems.error(
                    "unknown-type",
                    place.span(),
                    "There is no type `" + name + "`.",
                    Suggest.hint(
                            FOREIGN_TYPES.getOrDefault(name.toLowerCase(Locale.ROOT), name),
                            "Types, each also with `?` if it may be null",
                            valid));
            return Optional.empty();
        }
        if (open.contains(name)) {
            problems.error(
                    "recursive-record",
                    place.span(),
                    "`" + name + "` would contain itself.",
                    "flatten the record, or keep the inner part as text.");
            return Optional.empty();
        }
        RecordType type = record(entry.get()).type();
        Extent extent = extent(type);
        return levels + extent.levels() > MAX_LEVELS || extent.fields() > MAX_FIELDS
                ? tooLarge(place)
                : Optional.of(type);
    }

    /**
     * How large a type is when the records in it are written out.
     *
     * @param levels 1 for a scalar
     */
    private record Extent(int levels, long fields) {}

    private Extent extent(DataType type) {
        if (type instanceof ListType list) {
            return deeper(extent(list.element()));
        }
        if (type instanceof MapType map) {
            return deeper(extent(map.value()));
        }
        return type instanceof RecordType record ? extents.getOrDefault(record.name(), SCALAR) : SCALAR;
    }

    private static Extent deeper(Extent inner) {
        return new Extent(inner.levels() + 1, inner.fields());
    }

    private Extent extent(List<DeclaredField> fields) {
        int deepest = 0;
        long all = 0;
        for (DeclaredField field : fields) {
            Extent extent = extent(field.field().type());
            deepest = Math.max(deepest, extent.levels());
            all += extent.fields();
        }
        return new Extent(deepest + 1, all);
    }

    static MappingNode orEmpty(Optional<Node> node, MappingNode root) {
        return node.filter(MappingNode.class::isInstance)
                .map(MappingNode.class::cast)
                .orElseGet(() -> new MappingNode(List.of(), root.span()));
    }
}
