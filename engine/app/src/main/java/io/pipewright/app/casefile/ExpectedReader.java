package io.pipewright.app.casefile;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.type.RecordType;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a case expects at sinks and ports. */
final class ExpectedReader {

    private final DiagnosticCollector findings;
    private final Shape shape;
    private final ValueReader values;
    private final Optional<Ends> ends;

    /** @param ends empty if the pipeline has errors: then sinks, ports and fields are not looked at */
    ExpectedReader(DiagnosticCollector findings, Shape shape, ValueReader values, Optional<Ends> ends) {
        this.findings = findings;
        this.shape = shape;
        this.values = values;
        this.ends = ends;
    }

    List<Expectation> rows(Node expect) {
        List<Expectation> all = new ArrayList<>();
        shape.map(expect, "expect").ifPresent(map -> map.entries().forEach(entry -> {
            Optional<RecordType> type = type(entry.key(), entry.keySpan());
            List<Expectation.Row> rows = new ArrayList<>();
            for (Node item : shape.list(entry.value(), entry.key())) {
                shape.item(item, "A row", "write the fields that matter: `{field: value}`.")
                        .flatMap(row -> type.map(known -> row(row, known)))
                        .ifPresent(rows::add);
            }
            all.add(new Expectation(entry.key(), entry.keySpan(), rows, Optional.of(entry.value())));
        }));
        return all;
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
