package io.pipewright.app.casefile;

import io.pipewright.definition.Literals;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.testkit.GivenAnswer;
import io.pipewright.yaml.BrokenNode;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the cases of a file: their names and steps; what is given and expected is read by others. */
final class CasesReader {

    private static final List<String> STEPS = List.of("advance", "crash", "given");

    private static final String ONE_STEP =
            "write one of `advance: 10s`, `crash: {}` and `given: {…}` behind each dash.";

    private final DiagnosticCollector findings;
    private final Shape shape;
    private final AnswersReader answers;
    private final GivenReader given;
    private final ExpectedReader expected;
    private final Set<String> names = new HashSet<>();

    CasesReader(
            DiagnosticCollector findings,
            Shape shape,
            AnswersReader answers,
            GivenReader given,
            ExpectedReader expected) {
        this.findings = findings;
        this.shape = shape;
        this.answers = answers;
        this.given = given;
        this.expected = expected;
    }

    List<TestCase> read(CaseFile file) {
        List<TestCase> cases = new ArrayList<>();
        MappingNode.Entry list = file.document().root().entry(CaseFile.CASES).orElse(null);
        if (list == null) {
            return cases;
        }
        List<Node> items = shape.list(list.value(), CaseFile.CASES);
        if (items.isEmpty()) {
            findings.error("empty-list", list.keySpan(), "There are no cases.", "add one: `- {name: …, …}`.");
        }
        for (Node item : items) {
            shape.item(item, "A case", "write `- {name: …, given: {…}, expect: {…}}`.")
                    .map(this::read)
                    .ifPresent(cases::add);
        }
        return cases;
    }

    private TestCase read(MappingNode map) {
        Span start =
                new Span(map.span().source(), map.span().start(), map.span().start());
        shape.keys(map, "a case", start, List.of("name"), List.of("answers", "given", "steps", "expect", "expectNone"));
        ScalarNode name =
                map.get("name").flatMap(node -> shape.text(node, "name")).orElse(null);
        if (name != null && !names.add(name.text())) {
            findings.error(
                    "duplicate-case",
                    name.span(),
                    "There is another case `" + name.text() + "`.",
                    "give each case a name of its own.");
        }
        Map<String, List<GivenAnswer>> known = new LinkedHashMap<>();
        map.get("answers").ifPresent(node -> known.putAll(answers.read(node)));
        List<Step> steps = new ArrayList<>();
        map.get("given").ifPresent(node -> steps.add(given.read(node)));
        map.get("steps").ifPresent(node -> shape.list(node, "steps")
                .forEach(item -> step(item).ifPresent(steps::add)));
        List<Expectation> ends = new ArrayList<>();
        map.get("expect").ifPresent(node -> ends.addAll(expected.rows(node)));
        map.get("expectNone").ifPresent(node -> ends.addAll(expected.none(node)));
        ends.stream().collect(Collectors.groupingBy(Expectation::end)).values().forEach(this::checkOnce);
        if (!map.keys().contains("expect") && !map.keys().contains("expectNone")) {
            findings.error(
                    "missing-key",
                    name == null ? start : name.span(),
                    "The case expects nothing, so it cannot fail.",
                    "add `expect: {sink: [{field: value}]}` or `expectNone: [sink]`.");
        }
        return new TestCase(name == null ? "" : name.text(), name == null ? start : name.span(), known, steps, ends);
    }

    private void checkOnce(List<Expectation> ofOneEnd) {
        for (Expectation again : ofOneEnd.subList(1, ofOneEnd.size())) {
            findings.error(
                    "conflicting-options",
                    again.place(),
                    "The case has said already what it expects of `" + again.end() + "`.",
                    "name each sink and port once, in `expect` or in `expectNone`.");
        }
    }

    private Optional<Step> step(Node item) {
        MappingNode map = shape.item(item, "A step", ONE_STEP).orElse(null);
        if (map == null) {
            return Optional.empty();
        }
        shape.keys(map, "a step", map.span(), List.of(), STEPS);
        if (map.keys().size() != 1) {
            findings.error(
                    "wrong-kind",
                    map.span(),
                    "A step is one thing, and here are " + map.keys().size() + ".",
                    ONE_STEP);
            return Optional.empty();
        }
        MappingNode.Entry only = map.entries().get(0);
        return switch (only.key()) {
            case "given" -> Optional.of(given.read(only.value()));
            case "advance" -> shape.text(only.value(), "advance").flatMap(this::advance);
            case "crash" -> crash(only.value());
            default -> Optional.empty();
        };
    }

    private Optional<Step> advance(ScalarNode text) {
        try {
            Duration time = Literals.duration(text.text());
            return Optional.of(new Step.Advance(time));
        } catch (Literals.LiteralException e) {
            findings.error("bad-literal", text.span(), e.sentence(), e.hint());
            return Optional.empty();
        }
    }

    private Optional<Step> crash(Node node) {
        boolean empty = node instanceof MappingNode map && map.keys().isEmpty();
        if (!empty && !(node instanceof BrokenNode)) {
            findings.error("wrong-kind", node.span(), "`crash` takes nothing.", "write `crash: {}`.");
        }
        return Optional.of(new Step.Crash());
    }
}
