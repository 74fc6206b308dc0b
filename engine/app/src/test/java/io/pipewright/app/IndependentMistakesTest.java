package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Mistakes that have nothing to do with each other are all found in one run, and nothing else is. */
class IndependentMistakesTest {

    private static final Path FOLDER = Path.of("../../pipelines");
    private static final int FILES = 200;
    private static final int MOST_MISTAKES = 12;

    private static final List<Mistake> MISTAKES = List.of(
            new Mistake("variable's value", "default: 500/s}", "default: 500}"),
            new Mistake("variable's type", "{type: duration, default: 30s}", "{type: time, default: 30s}"),
            new Mistake("broker", "[\"${env:KAFKA_BOOTSTRAP}\"]", "[localhost]"),
            new Mistake("schema file", "schema: cxone.cql", "schema: cxon.cql", "column", "column's type"),
            new Mistake("grant", "grant: clientCredentials", "grant: clientCredential"),
            new Mistake("status", "expectStatus: 200", "expectStatus: 20"),
            new Mistake("check's record", "{record: Interaction, except", "{record: Interactions, except"),
            new Mistake("type of a field", "tier: string?\n", "tier: text?\n"),
            new Mistake("record", "record: Event, blank: skip", "record: Events, blank: skip", "name in a rule"),
            new Mistake("topic", "topics: [cxone-data-actions]", "topics: [cxone data actions]"),
            new Mistake("option for another", "{at: committed, orElse", "{at: latest, orElse"),
            new Mistake("misspelt option", "rateLimit: ${var:maxRate}", "ratelimit: ${var:maxRate}"),
            new Mistake("unknown option", "group: cxone\n", "group: cxone\n    setBatchSize: 3\n"),
            new Mistake("name in a rule", "recordType == \"customer_update\"", "recordTyp == \"customer_update\""),
            new Mistake("window's size", "size: \"${var:volumeWindow}\"", "size: 0s"),
            new Mistake("aggregate", "volume: count()", "volume: sum(chanel)"),
            new Mistake("key", "keyBy: [channel]", "keyBy: [chanel]"),
            new Mistake("null", "has(customerId) && has(status)", "status.size() > 3"),
            new Mistake("reference", "with: routing.customers", "with: routing.customer"),
            new Mistake("literal", "ttl: 90d", "ttl: 90 days"),
            new Mistake("choice", "order: eventTime", "order: eventime"),
            new Mistake("times", "times: 3, loop", "times: 0..3, loop"),
            new Mistake("missing option", "\"CALLBACK_REQUEST\"', contiguity: next", "\"CALLBACK_REQUEST\"'"),
            new Mistake("limit", "within: ${var:failureWithin}", "within: 0s"),
            new Mistake("name in a match", "channel: callback[0].channel", "channel: callback[0].chanel"),
            new Mistake("type of stage", "type: filter", "type: filtre", "null", "name in a match"),
            new Mistake("column", "window_end: windowEnd,", "window_ends: windowEnd,"),
            new Mistake("column's type", "failure_count: failureCount,", "failure_count: alertType,"),
            new Mistake("kind of value", "maxInFlight: 128", "maxInFlight: \"128\""),
            new Mistake(
                    "duplicate key", "    parallelism: 2\n  late", "    parallelism: 2\n    parallelism: 3\n  late"),
            new Mistake("runtime", "mode: exactlyOnce}", "mode: exactly}"));

    private final PipelineCompiler compiler = new PipelineCompiler(PluginCatalog.load(new ShippedPlugins()));

    /**
     * A mistake that is one finding.
     *
     * @param hides the mistakes that cannot be seen while this one is there, as nobody can know what was meant
     */
    private record Mistake(String name, String right, String wrong, Set<String> hides) {
        Mistake(String name, String right, String wrong, String... hides) {
            this(name, right, wrong, Set.of(hides));
        }

        String in(String text) {
            assertThat(text).contains(right);
            return text.replace(right, wrong);
        }
    }

    @Test
    void eachMistakeIsOneFinding() throws IOException {
        for (Mistake mistake : MISTAKES) {
            assertThat(findings(List.of(mistake))).as(mistake.name()).hasSize(1);
        }
    }

    @Test
    void mistakesTogetherAreTheFindingsOfEach() throws IOException {
        Random random = new Random(7);
        Map<String, Set<String>> alone = new HashMap<>();
        for (Mistake mistake : MISTAKES) {
            alone.put(mistake.name(), findings(List.of(mistake)));
        }
        for (int file = 0; file < FILES; file++) {
            List<Mistake> shuffled = new ArrayList<>(MISTAKES);
            Collections.shuffle(shuffled, random);
            List<Mistake> mistakes = shuffled.subList(0, 2 + random.nextInt(MOST_MISTAKES - 1));
            Set<String> hidden = new HashSet<>();
            mistakes.forEach(mistake -> hidden.addAll(mistake.hides()));

            Set<String> expected = new TreeSet<>();
            for (Mistake mistake : mistakes) {
                if (!hidden.contains(mistake.name())) {
                    expected.addAll(alone.getOrDefault(mistake.name(), Set.of()));
                }
            }

            assertThat(findings(mistakes)).as(names(mistakes)).isEqualTo(expected);
        }
    }

    private static String names(List<Mistake> mistakes) {
        return mistakes.stream().map(Mistake::name).toList().toString();
    }

    /** The findings in a pipeline with some mistakes, each as code, the text of its line, place in it and message. */
    private Set<String> findings(List<Mistake> mistakes) throws IOException {
        String text = Files.readString(FOLDER.resolve("cxone.yaml"));
        for (Mistake mistake : mistakes) {
            text = mistake.in(text);
        }
        Set<String> found = new TreeSet<>();
        for (Diagnostic finding : compiler.compile(
                        "cxone.yaml",
                        text.getBytes(StandardCharsets.UTF_8),
                        List.of(),
                        new Surroundings(FOLDER, Map.of(), false))
                .diagnostics()) {
            String line = finding.span().source().line(finding.span().line()).orElse("");
            found.add(finding.code() + " in `" + line + "` at " + finding.span().column() + ": " + finding.message());
        }
        return found;
    }
}
