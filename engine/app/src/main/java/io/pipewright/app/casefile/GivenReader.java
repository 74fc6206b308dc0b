package io.pipewright.app.casefile;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.stage.Framing;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a case gives to sources. */
final class GivenReader {

    private final DiagnosticCollector findings;
    private final Shape shape;
    private final ValueReader values;
    private final LineFile files;
    private final Optional<Ends> ends;

    /** How many messages a source has had, in all cases. */
    private final Map<String, Long> offsets = new HashMap<>();

    /** @param ends empty if the pipeline has errors: then sources and fields are not looked at */
    GivenReader(DiagnosticCollector findings, Shape shape, ValueReader values, LineFile files, Optional<Ends> ends) {
        this.findings = findings;
        this.shape = shape;
        this.values = values;
        this.files = files;
        this.ends = ends;
    }

    Step read(Node given) {
        List<List<Arrival>> bySource = new ArrayList<>();
        shape.map(given, "given").ifPresent(map -> map.entries().forEach(entry -> {
            boolean known = ends.map(named -> isSource(entry, named)).orElse(true);
            bySource.add(known ? arrivals(entry) : List.of());
        }));
        return new Step.Feed(bySource);
    }

    private boolean isSource(MappingNode.Entry entry, Ends known) {
        boolean source = known.sources().containsKey(entry.key());
        if (!source) {
            findings.error(
                    "unknown-reference",
                    entry.keySpan(),
                    "There is no source `" + entry.key() + "`.",
                    Suggest.hint(entry.key(), "Sources", known.sources().keySet()));
        }
        return source;
    }

    private Framing framing(String source) {
        return ends.map(named -> named.sources().get(source))
                .map(Ends.SourceEnd::framing)
                .orElse(Framing.LINES);
    }

    private List<Arrival> arrivals(MappingNode.Entry entry) {
        if (entry.value() instanceof MappingNode file) {
            shape.keys(file, "the records of a source", file.span(), List.of("file"), List.of());
            return file.get("file")
                    .flatMap(name -> shape.text(name, "file"))
                    .map(name -> files.read(entry.key(), framing(entry.key()), name))
                    .orElse(List.of());
        }
        if (!(entry.value() instanceof SequenceNode)) {
            shape.wrongKind(
                    entry.value(),
                    entry.key(),
                    "a list of records",
                    "write `[{at: +0s, value: {…}}]`, or `{file: events.jsonl}`.");
            return List.of();
        }
        List<Arrival> arrivals = new ArrayList<>();
        for (Node item : shape.list(entry.value(), entry.key())) {
            shape.map(item, entry.key())
                    .flatMap(map -> arrival(entry.key(), map))
                    .ifPresent(arrivals::add);
        }
        return arrivals;
    }

    private Optional<Arrival> arrival(String source, MappingNode map) {
        Ends.@Nullable SourceEnd end =
                ends.map(known -> known.sources().get(source)).orElse(null);
        boolean timed = end != null && end.time().isPresent();
        shape.keys(
                map,
                "a record of `" + source + "`",
                map.span(),
                timed ? List.of("at") : List.of(),
                timed ? List.of("value", "raw", "meta") : List.of("at", "value", "raw", "meta"));
        Optional<Instant> at =
                map.get("at").flatMap(node -> shape.text(node, "at")).flatMap(this::moment);
        Node value = map.get("value").orElse(null);
        Node raw = map.get("raw").orElse(null);
        if ((value == null) == (raw == null)) {
            findings.error(
                    value == null ? "missing-key" : "conflicting-options",
                    map.span(),
                    value == null
                            ? "The record has neither `value` nor `raw`."
                            : "A record has `value` or `raw`, not both.",
                    "write its fields as `value: {…}`, or the message as it comes as `raw: '…'`.");
            return Optional.empty();
        }
        GivenMeta meta = meta(source, at, map, end);
        if (raw != null) {
            return shape.text(raw, "raw").map(text -> meta.message(source, at, text.text()));
        }
        return value == null ? Optional.empty() : values(source, at, meta, value, end);
    }

    private GivenMeta meta(String source, Optional<Instant> at, MappingNode arrival, Ends.@Nullable SourceEnd end) {
        long offset = offsets.merge(source, 1L, Long::sum) - 1;
        GivenMeta meta = GivenMeta.of(source, offset, at);
        MappingNode written =
                arrival.get("meta").flatMap(node -> shape.map(node, "meta")).orElse(null);
        if (written == null || end == null) {
            return meta;
        }
        boolean raw = arrival.keys().contains("raw");
        return meta.with(values.fields(written, GivenMeta.type(end.meta(), raw)));
    }

    private Optional<Arrival> values(
            String source, Optional<Instant> at, GivenMeta meta, Node value, Ends.@Nullable SourceEnd end) {
        MappingNode map = shape.map(value, "value").orElse(null);
        if (map == null || end == null) {
            return Optional.empty();
        }
        if (meta.tombstone()) {
            return tombstone(source, at, meta, map, end);
        }
        String timeField = end.time().map(EventTime::field).orElse("");
        if (map.keys().contains(timeField)) {
            findings.error(
                    "time-given-twice",
                    map.entry(timeField).orElseThrow().keySpan(),
                    "`" + timeField + "` is the event time, which `at` gives.",
                    "remove it; a message whose time is missing or wrong is written as `raw`.");
            return Optional.empty();
        }
        MappingNode timed = timeField.isEmpty()
                ? map
                : map.with(new MappingNode.Entry(
                        timeField,
                        map.span(),
                        ScalarNode.plain(at.orElse(Moments.START).toString(), map.span())));
        return Optional.of(new Arrival.Values(source, at, values.record(timed, end.type()), meta.values()));
    }

    private Optional<Arrival> tombstone(
            String source, Optional<Instant> at, GivenMeta meta, MappingNode map, Ends.SourceEnd end) {
        if (!map.keys().isEmpty()) {
            findings.error("conflicting-options", map.span(), "A tombstone has no fields.", "write `value: {}`.");
            return Optional.empty();
        }
        return Optional.of(new Arrival.Values(source, at, values.record(map, end.type()), meta.values()));
    }

    private Optional<Instant> moment(ScalarNode text) {
        Optional<Instant> moment = Moments.parse(text.text()).filter(Moments::isPossible);
        if (moment.isEmpty()) {
            findings.error("bad-literal", text.span(), "`" + text.text() + "` is not a moment.", Moments.HINT);
        }
        return moment;
    }
}
