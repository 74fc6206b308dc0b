package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Source;
import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.type.RecordType;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a case expects at sinks and ports. */
final class ExpectedReader {

    private static final String ROWS = "rows";
    private static final String FILE = "file";
    private static final String KEY = "key";
    private static final List<String> KEYS = List.of(ROWS, FILE, KEY);

    private final DiagnosticCollector findings;
    private final Shape shape;
    private final ValueReader values;
    private final LineFile files;
    private final Optional<Ends> ends;

    /** @param ends empty if the pipeline has errors: then sinks, ports and fields are not looked at */
    ExpectedReader(DiagnosticCollector findings, Shape shape, ValueReader values, LineFile files, Optional<Ends> ends) {
        this.findings = findings;
        this.shape = shape;
        this.values = values;
        this.files = files;
        this.ends = ends;
    }

    List<Expectation> rows(Node expect) {
        List<Expectation> all = new ArrayList<>();
        shape.map(expect, "expect").ifPresent(map -> map.entries().forEach(entry -> all.add(expectation(entry))));
        return all;
    }

    private Expectation expectation(MappingNode.Entry entry) {
        String end = entry.key();
        Optional<RecordType> type = type(end, entry.keySpan());
        if (!(entry.value() instanceof MappingNode map)) {
            return new Expectation(end, entry.keySpan(), listed(end, entry.value(), type), Optional.of(entry.value()));
        }
        shape.keys(map, "what is expected of `" + end + "`", map.span(), List.of(), KEYS);
        checkOnePlace(map);
        List<String> key = map.get(KEY).map(node -> key(node, type)).orElse(List.of());
        Node rows = map.get(ROWS).orElse(null);
        ScalarNode file = map.get(FILE).flatMap(node -> shape.text(node, FILE)).orElse(null);
        if (rows != null) {
            return new Expectation(end, entry.keySpan(), listed(ROWS, rows, type), Optional.of(rows), key);
        }
        List<Expectation.Row> lines = file == null ? List.of() : lines(file, type);
        return new Expectation(end, entry.keySpan(), lines, Optional.of(file == null ? map : file), key);
    }

    private void checkOnePlace(MappingNode map) {
        boolean listed = map.keys().contains(ROWS);
        if (listed == map.keys().contains(FILE) && KEYS.containsAll(map.keys())) {
            findings.error(
                    listed ? "conflicting-options" : "missing-key",
                    map.span(),
                    listed
                            ? "The rows are in `rows` or in `file`, not in both."
                            : "There are neither `rows` nor a `file`.",
                    "write the rows as a list, `rows: [{…}]`, or name a file with one on each line: `file: rows.jsonl`.");
        }
    }

    private List<String> key(Node list, Optional<RecordType> type) {
        List<String> fields = new ArrayList<>();
        for (Node item : shape.list(list, KEY)) {
            ScalarNode name = shape.text(item, KEY).orElse(null);
            if (name != null && type.isPresent() && !ValueReader.mayHave(type.get(), name.text())) {
                findings.error(
                        "unknown-field",
                        name.span(),
                        "There is no field `" + name.text() + "` in `"
                                + type.get().name() + "`.",
                        Suggest.hint(name.text(), "Fields", type.get().writtenNames()));
            } else if (name != null) {
                fields.add(name.text());
            }
        }
        return fields;
    }

    private List<Expectation.Row> listed(String name, Node list, Optional<RecordType> type) {
        List<Expectation.Row> rows = new ArrayList<>();
        for (Node item : shape.list(list, name)) {
            shape.item(item, "A row", "write the fields that matter: `{field: value}`.")
                    .flatMap(row -> type.map(known -> row(row, known)))
                    .ifPresent(rows::add);
        }
        return rows;
    }

    /** The rows of a file, one on each line as JSON; what is wrong with one is told of its whole line. */
    private List<Expectation.Row> lines(ScalarNode file, Optional<RecordType> type) {
        Source text = files.text(file).orElse(null);
        List<Expectation.Row> rows = new ArrayList<>();
        for (int line = 1; text != null && type.isPresent() && line <= text.lineCount(); line++) {
            String row = text.line(line).orElse("");
            if (!row.isBlank()) {
                Span place = Span.of(text, line, 1, row.codePointCount(0, row.length()) + 1);
                rows.add(new Expectation.Row(place, line(row, place, type.get()), Map.of()));
            }
        }
        return rows;
    }

    private Map<String, @Nullable Object> line(String row, Span place, RecordType type) {
        Checked<Document> read = YamlReader.read(place.file(), row.getBytes(StandardCharsets.UTF_8));
        if (read.hasErrors()) {
            findings.error(
                    "wrong-kind",
                    place,
                    "The line is no row.",
                    "write the fields that matter as JSON: `{\"field\": value}`.");
            return Map.of();
        }
        DiagnosticCollector inLine = new DiagnosticCollector();
        Map<String, @Nullable Object> fields =
                new ValueReader(inLine).fields(read.orElseThrow().root(), type);
        inLine.diagnostics()
                .forEach(found -> findings.add(
                        new Diagnostic(found.code(), found.severity(), place, found.message(), found.hint())));
        return fields;
    }

    private Expectation.Row row(MappingNode row, RecordType type) {
        Map<String, Span> places = new LinkedHashMap<>();
        row.entries().forEach(entry -> places.put(entry.key(), entry.value().span()));
        return new Expectation.Row(row.span(), values.fields(row, type), places);
    }

    List<Expectation> none(Node expectNone) {
        List<Expectation> all = new ArrayList<>();
        for (Node item : shape.list(expectNone, "expectNone")) {
            ScalarNode name = shape.text(item, "expectNone").orElse(null);
            if (name != null) {
                type(name.text(), name.span());
                all.add(new Expectation(name.text(), name.span(), List.of(), Optional.empty()));
            }
        }
        return all;
    }

    private Optional<RecordType> type(String end, Span place) {
        if (ends.isEmpty()) {
            return Optional.empty();
        }
        Ends known = ends.get();
        Optional<RecordType> type = known.type(end);
        if (type.isEmpty()) {
            boolean port = end.contains(".");
            boolean ofSink = port && known.sinks().containsKey(end.substring(0, end.indexOf('.')));
            findings.error(
                    port ? "unknown-port" : "unknown-reference",
                    place,
                    port ? "There is no port `" + end + "`." : "There is no sink or port `" + end + "`.",
                    ofSink
                            ? "sinks are replaced in a test, so they refuse nothing; expect rows at the sink itself."
                            : Suggest.hint(end, "There are", known.names()));
        }
        return type;
    }
}
