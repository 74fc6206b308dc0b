package io.pipewright.app.casefile;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.testkit.GivenAnswer;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the servers know in a case that stages ask about their records. */
final class AnswersReader {

    private static final String ANSWER = "write `{key: {…}, value: {…}}`, or `{key: {…}, refused: \"why\"}`.";

    private final DiagnosticCollector findings;
    private final Shape shape;
    private final ValueReader values;
    private final Optional<Ends> ends;

    /** @param ends empty if the pipeline has errors: then stages and fields are not looked at */
    AnswersReader(DiagnosticCollector findings, Shape shape, ValueReader values, Optional<Ends> ends) {
        this.findings = findings;
        this.shape = shape;
        this.values = values;
        this.ends = ends;
    }

    /** The answers by the ids of the stages that ask. */
    Map<String, List<GivenAnswer>> read(Node node) {
        Map<String, List<GivenAnswer>> answers = new LinkedHashMap<>();
        shape.map(node, "answers")
                .ifPresent(map -> map.entries().forEach(entry -> answers.put(entry.key(), ofStage(entry))));
        return answers;
    }

    private List<GivenAnswer> ofStage(MappingNode.Entry entry) {
        List<GivenAnswer> answers = new ArrayList<>();
        Ends.@Nullable AskingEnd end =
                ends.map(known -> known.asking().get(entry.key())).orElse(null);
        if (end == null && ends.isPresent()) {
            findings.error(
                    "unknown-reference",
                    entry.keySpan(),
                    "There is no stage `" + entry.key() + "` that asks a server.",
                    ends.orElseThrow().asking().isEmpty()
                            ? "remove it: the pipeline has no `lookup`."
                            : Suggest.hint(
                                    entry.key(),
                                    "Stages that ask",
                                    ends.orElseThrow().asking().keySet()));
            return answers;
        }
        for (Node item : shape.list(entry.value(), entry.key())) {
            shape.item(item, "An answer", ANSWER)
                    .flatMap(map -> answer(map, end))
                    .ifPresent(answers::add);
        }
        return answers;
    }

    private Optional<GivenAnswer> answer(MappingNode map, Ends.@Nullable AskingEnd end) {
        shape.keys(map, "an answer", map.span(), List.of("key"), List.of("value", "refused"));
        Node value = map.get("value").orElse(null);
        Node refused = map.get("refused").orElse(null);
        if ((value == null) == (refused == null)) {
            findings.error(
                    value == null ? "missing-key" : "conflicting-options",
                    map.span(),
                    value == null
                            ? "The answer has neither `value` nor `refused`."
                            : "An answer has `value` or `refused`, not both.",
                    ANSWER);
            return Optional.empty();
        }
        MappingNode key = map.get("key").flatMap(node -> shape.map(node, "key")).orElse(null);
        if (key == null || end == null) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> question = values.record(key, end.question());
        if (refused != null) {
            return shape.text(refused, "refused").map(text -> new GivenAnswer.Refused(question, text.text()));
        }
        return Optional.ofNullable(value)
                .flatMap(node -> shape.map(node, "value"))
                .map(record -> new GivenAnswer.Found(question, values.record(record, end.answer())));
    }
}
