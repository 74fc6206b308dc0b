package io.pipewright.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class JsonFormatterTest {

    private final Source source = Source.of("calls.yaml", "size: 0s\nwhere: |-\n  a\n");

    @Test
    void everyFindingIsAnObjectWithItsPlace() throws Exception {
        assertThat(json(Diagnostics.of(
                        Diagnostic.error("bad-size", Span.of(source, 1, 7, 9), "Empty.", "write `10s`."),
                        Diagnostic.warning(
                                "odd", new Span(source, new Position(2, 1), new Position(3, 4)), "Odd.", null))))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        [{"code": "bad-size", "severity": "error", "file": "calls.yaml", "line": 1, "column": 7,
                                          "endLine": 1, "endColumn": 9, "message": "Empty.", "hint": "write `10s`."},
                                         {"code": "odd", "severity": "warning", "file": "calls.yaml", "line": 2, "column": 1,
                                          "endLine": 3, "endColumn": 4, "message": "Odd."}]
                                        """));
    }

    @Test
    void textsAreThoseThatPeopleSee() throws Exception {
        JsonNode found = json(Diagnostics.of(
                Diagnostic.error("c", Span.startOf(source), "`\u001b[31m\uD800\u202E` is \"wrong\".", "a\nb")));

        assertThat(found.at("/0/message").asText()).isEqualTo("`\\u001B[31m\\uD800\\u202E` is \"wrong\".");
        assertThat(found.at("/0/hint").asText()).isEqualTo("a\nb");
    }

    private static JsonNode json(Diagnostics found) throws Exception {
        return new ObjectMapper().readTree(new JsonFormatter().format(found));
    }
}
