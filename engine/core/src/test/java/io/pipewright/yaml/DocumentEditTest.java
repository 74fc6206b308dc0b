package io.pipewright.yaml;

import static io.pipewright.yaml.YamlReaderTest.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.PrettyFormatter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentEditTest {
    private static final String PIPELINE =
            """
            sources:
              events: {type: kafka, properties: {max.poll.records: 5}, topics: [a]}
            stages:
              repeatedFailures:
                type: cep
                steps:
                  - {id: failure, where: 'x', times: 3}
                  - {id: callback, where: 'y'}
            vars:
              window: {type: duration, default: 10s}
            """;

    private final Document base = document(PIPELINE);

    @ParameterizedTest
    @CsvSource({
        "stages.repeatedFailures.steps.failure.times=2, /stages/repeatedFailures/steps/0/times, 2, 1:45",
        "stages.repeatedFailures.type=a=b, /stages/repeatedFailures/type, a=b, 1:30",
        "sources.events.properties.max.poll.records=7, /sources/events/properties/max.poll.records, 7, 1:44",
        "sources.events.topics=b, /sources/events/topics, b, 1:23",
        "sources.events.topics=, /sources/events/topics, '', 1:23",
        "window=5s, /vars/window/default, 5s, 1:8"
    })
    void aValueIsPutAtAPathWithAPlaceOfItsOwn(String assignment, String pointer, String text, String place) {
        Document edited = DocumentEdit.set(base, "--set", assignment).orElseThrow();

        ScalarNode value = (ScalarNode) edited.find(pointer).orElseThrow();
        assertThat(value.text()).isEqualTo(text);
        assertThat(value.span()).hasToString("--set:" + place);
        assertThat(value.positionOf(text.length()).column()).isEqualTo(assignment.length() + 1);
    }

    @Test
    void allElseStaysAsItIs() {
        Document edited = DocumentEdit.set(base, "--set", "stages.repeatedFailures.steps.failure.times=2")
                .orElseThrow();

        assertThat(edited.find("/stages/repeatedFailures/steps/1"))
                .isEqualTo(base.find("/stages/repeatedFailures/steps/1"));
        assertThat(edited.root().keys()).containsExactly("sources", "stages", "vars");
        assertThat(edited.keySpan("/stages/repeatedFailures/steps/0/times")).hasToString("f.yaml:7:35");
        assertThat(base.find("/stages/repeatedFailures/steps/0/times").map(n -> ((ScalarNode) n).text()))
                .contains("3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stages.repeatedFailurs.type=x | 1:8 | `stages` has no `repeatedFailurs`. | did you mean `repeatedFailures`?",
                "stage.x=1 | 1:1 | The pipeline has no `stage`. | did you mean `stages`?",
                "stages.repeatedFailures.steps.failures.times=1 | 1:31 | `steps` has no item with the id `failures`. | `failure`",
                "stages.repeatedFailures.type.x=1 | 1:30 | `type` is a text, nothing can be set in it. | shorten",
                "sources.events.topics.0=1 | 1:23 | `topics` has no item with the id `0`. | overlay",
                "sources.events.properties.max.poll.record=1 | 1:27 | `properties` has no `max`. | max.poll.records",
                "windw=1s | 1:1 | There is no variable `windw`. | did you mean `window`?",
                "volumeWindow | 1:1 | `volumeWindow` assigns nothing. | path=value",
                "=1 | 1:1 | `=1` assigns nothing. | path=value"
            })
    void aPathThatLeadsNowhereIsAFinding(String assignment, String place, String message, String hint) {
        Checked<Document> checked = DocumentEdit.set(base, "--set", assignment);

        assertThat(checked.value()).isEmpty();
        assertThat(checked.diagnostics()).singleElement().satisfies(d -> {
            assertThat(d.span().start()).hasToString(place);
            assertThat(d.message()).isEqualTo(message);
            assertThat(d.hintText().orElseThrow()).contains(hint);
        });
    }

    @Test
    void theFindingShowsTheAssignment() {
        Checked<Document> checked = DocumentEdit.set(base, "--set", "stages.repeatedFailures.steps.failure.time=2");

        assertThat(new PrettyFormatter().format(checked.diagnostics()))
                .isEqualTo(
                        """
                        --set:1:39: error[unknown-path]: `failure` has no `time`.
                            1 | stages.repeatedFailures.steps.failure.time=2
                              |                                       ^^^^ did you mean `times`? There are: id, where, times. An overlay can add what is not there.
                        """);
    }

    @Test
    void anOverlayAddsChangesAndRemoves() {
        Document merged = overlay(
                """
                name: prod
                sources:
                  events: {topics: [b, c], properties: null}
                stages:
                  repeatedFailures:
                    steps:
                      - {id: failure, times: 5}
                      - {id: last, where: z}
                """);

        assertThat(text(merged, "/name")).isEqualTo("prod");
        assertThat(text(merged, "/sources/events/type")).isEqualTo("kafka");
        assertThat(text(merged, "/sources/events/topics/1")).isEqualTo("c");
        assertThat(merged.find("/sources/events/properties")).isEmpty();
        assertThat(text(merged, "/stages/repeatedFailures/steps/0/where")).isEqualTo("x");
        assertThat(text(merged, "/stages/repeatedFailures/steps/0/times")).isEqualTo("5");
        assertThat(text(merged, "/stages/repeatedFailures/steps/1/id")).isEqualTo("callback");
        assertThat(text(merged, "/stages/repeatedFailures/steps/2/where")).isEqualTo("z");
        assertThat(merged.keySpan("/stages/repeatedFailures/steps/0/times")).hasToString("prod.yaml:7:23");
        assertThat(merged.keySpan("/stages/repeatedFailures/steps/0/where")).hasToString("f.yaml:7:23");
        assertThat(merged.keySpan("/stages/repeatedFailures")).hasToString("f.yaml:4:3");
    }

    @Test
    void aChangedTypeReplacesTheEntry() {
        Document merged = overlay("sources: {events: {type: file, path: x}}");

        assertThat(((MappingNode) merged.find("/sources/events").orElseThrow()).keys())
                .containsExactly("type", "path");
    }

    @Test
    void aFieldNamedTypeIsAFieldLikeOthers() {
        Document document = document("records: {R: {fields: {type: string, a: long}}}");

        Document merged = DocumentOverlay.apply(document, document("records: {R: {fields: {type: long}}}"))
                .orElseThrow();

        assertThat(text(merged, "/records/R/fields/a")).isEqualTo("long");
        assertThat(text(merged, "/records/R/fields/type")).isEqualTo("long");
    }

    @Test
    void removingWhatIsNotThereIsAWarning() {
        Checked<Document> checked = DocumentOverlay.apply(base, document("stages: {repeated: null}"));

        assertThat(checked.hasErrors()).isFalse();
        assertThat(checked.diagnostics())
                .singleElement()
                .hasToString("f.yaml:1:10: warning[nothing-to-remove]: There is no `repeated` to remove.");
    }

    private Document overlay(String text) {
        Document overlay = YamlReader.read("prod.yaml", text.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        return DocumentOverlay.apply(base, overlay).orElseThrow();
    }

    private static String text(Document document, String pointer) {
        return ((ScalarNode) document.find(pointer).orElseThrow()).text();
    }
}
