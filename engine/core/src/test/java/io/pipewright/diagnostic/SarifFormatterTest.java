package io.pipewright.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class SarifFormatterTest {

    private final Source source = Source.of("pipelines/my calls.yaml", "size: 0s\nwhere: |-\n  a\n");

    @Test
    void everyFindingIsAResultWithItsRuleAndRegion() throws Exception {
        JsonNode log = log(Diagnostics.of(
                Diagnostic.error("bad-size", Span.of(source, 1, 7, 9), "Empty.", "write `10s`."),
                Diagnostic.warning(
                        "a-warning", new Span(source, new Position(2, 1), new Position(3, 4)), "Odd.", null)));

        assertThat(log.path("version").asText()).isEqualTo("2.1.0");
        JsonNode run = log.at("/runs/0");
        assertThat(run.at("/tool/driver/name").asText()).isEqualTo("Pipewright");
        assertThat(run.at("/tool/driver/rules").findValuesAsText("id")).containsExactly("a-warning", "bad-size");
        assertThat(run.path("columnKind").asText()).isEqualTo("unicodeCodePoints");
        JsonNode first = run.at("/results/0");
        assertThat(first.path("ruleId").asText()).isEqualTo("bad-size");
        assertThat(first.path("ruleIndex").asInt()).isEqualTo(1);
        assertThat(first.path("level").asText()).isEqualTo("error");
        assertThat(first.at("/message/text").asText()).isEqualTo("Empty.\nwrite `10s`.");
        JsonNode place = first.at("/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").asText()).isEqualTo("pipelines/my%20calls.yaml");
        assertThat(place.path("region"))
                .hasToString("{\"startLine\":1,\"startColumn\":7,\"endLine\":1,\"endColumn\":9}");
        assertThat(run.at("/results/1/level").asText()).isEqualTo("warning");
    }

    @Test
    void anAbsoluteNameIsAFileUri() throws Exception {
        Source absolute = Source.named("/home/a/p#1.yaml");

        JsonNode log = log(Diagnostics.of(Diagnostic.error("code", Span.startOf(absolute), "Wrong.", null)));

        assertThat(log.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("file:///home/a/p%231.yaml");
    }

    @Test
    void aNameIsNoSchemeAndNoQuery() throws Exception {
        Source odd = Source.named("1:b?c%20ä\u001b.yaml");

        JsonNode log = log(Diagnostics.of(Diagnostic.error("code", Span.startOf(odd), "Wrong.", null)));

        assertThat(log.at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("1%3Ab%3Fc%2520%C3%A4%1B.yaml");
    }

    @Test
    void aRunWithoutFindingsHasNoResults() throws Exception {
        assertThat(log(Diagnostics.none()).at("/runs/0/results")).isEmpty();
    }

    private static JsonNode log(Diagnostics found) throws Exception {
        return new ObjectMapper().readTree(new SarifFormatter("0.1.0").format(found));
    }
}
