package io.pipewright.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class DiagnosticTest {
    private final Source source = Source.of("f.yaml", "one\r\ntwo\rthree\n😀x");

    @Test
    void findingsAreSortedByPlaceAndEachIsThereOnce() {
        Diagnostic late = at(2, 9);
        Diagnostic early = at(2, 1);
        Diagnostic otherFile = Diagnostic.error("c", Span.startOf(Source.of("a.yaml", "")), "m.", null);

        assertThat(Diagnostics.of(late, early).plus(Diagnostics.of(late, otherFile)))
                .containsExactly(otherFile, early, late);
    }

    @Test
    void aWarningIsNoError() {
        Diagnostics warned = Diagnostics.of(Diagnostic.warning("c", Span.startOf(source), "m.", null));

        assertThat(warned.hasErrors()).isFalse();
        assertThat(warned.count(Severity.WARNING)).isEqualTo(1);
        assertThat(warned.plus(Diagnostics.of(at(1, 1))).hasErrors()).isTrue();
    }

    @Test
    void codesAreLowerCaseWords() {
        assertThatThrownBy(() -> Diagnostic.error("Bad_Code", Span.startOf(source), "m.", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void linesEndAsInYaml() {
        assertThat(source.lineCount()).isEqualTo(4);
        assertThat(source.line(1)).contains("one");
        assertThat(source.line(2)).contains("two");
        assertThat(source.line(3)).contains("three");
        assertThat(source.line(5)).isEmpty();
        assertThat(Source.named("x").line(1)).contains("");
    }

    @Test
    void columnsAreCodePoints() {
        int x = source.text().indexOf('x');

        assertThat(source.positionOf(x)).isEqualTo(new Position(4, 2));
        assertThat(source.indexOf(new Position(4, 2))).isEqualTo(x);
        assertThat(Span.of(source, 4, 1, 3).text()).isEqualTo("😀x");
    }

    @Test
    void thePlaceOfEveryIndexLeadsBackToIt() {
        for (int i = 0; i <= source.text().length(); i++) {
            boolean insidePair =
                    i > 0 && Character.isHighSurrogate(source.text().charAt(i - 1));
            if (!insidePair) {
                assertThat(source.indexOf(source.positionOf(i))).isEqualTo(i);
            }
        }
    }

    @Test
    void thePhaseAfterOneWithoutAValueIsNotEntered() {
        Checked<Integer> failed = Checked.failed(Diagnostics.of(at(1, 1)));

        Checked<Integer> next = failed.then(value -> {
            throw new AssertionError("entered");
        });

        assertThat(next.value()).isEmpty();
        assertThat(next.diagnostics()).isEqualTo(failed.diagnostics());
    }

    @Test
    void thePhaseAfterAnErrorGoesOnWithWhatThereIs() {
        Checked<Integer> partly = Checked.of(1, Diagnostics.of(at(1, 1)));

        Checked<Integer> next = partly.then(value -> Checked.of(value + 1, Diagnostics.of(at(2, 1))));

        assertThat(next.value()).contains(2);
        assertThat(next.whole().value()).isEmpty();
        assertThat(next.whole().diagnostics()).isEqualTo(next.diagnostics());
        assertThat(next.diagnostics()).containsExactly(at(1, 1), at(2, 1));
        assertThatThrownBy(next::orElseThrow)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("f.yaml:1:1");
    }

    @Test
    void warningsOfBothPhasesAreKept() {
        Diagnostic first = Diagnostic.warning("one", Span.startOf(source), "m.", null);
        Diagnostic second = Diagnostic.warning("two", Span.startOf(source), "m.", null);

        Checked<String> result = Checked.of(1, Diagnostics.of(first))
                .then(value -> Checked.of("v" + value, Diagnostics.of(second)))
                .map(String::toUpperCase);

        assertThat(result.orElseThrow()).isEqualTo("V1");
        assertThat(result.diagnostics()).containsExactly(first, second);
    }

    @Test
    void aCollectorGivesItsFindingsWithTheValue() {
        DiagnosticCollector collector = new DiagnosticCollector();
        String value = collector.take(Checked.of("v", Diagnostics.of(at(1, 2))));

        assertThat(value).isEqualTo("v");
        assertThat(collector.hasErrors()).isTrue();
        assertThat(collector.with("x").value()).contains("x");
        assertThat(collector.with(null).value()).isEmpty();
    }

    @Test
    void jsonIsOneArrayWithWholeSpans() throws Exception {
        String text = new JsonFormatter()
                .format(Diagnostics.of(
                        Diagnostic.error("some-code", Span.of(source, 2, 1, 4), "A \"quoted\" message.", "a hint"),
                        Diagnostic.warning("other-code", Span.startOf(source), "m.", null)));

        JsonNode json = new ObjectMapper().readTree(text);
        assertThat(json).hasSize(2);
        assertThat(List.copyOf(json.get(0).properties())).hasSize(8);
        assertThat(json.get(0).has("hint")).isFalse();
        assertThat(json.get(1).toString())
                .isEqualTo(
                        "{\"code\":\"some-code\",\"severity\":\"error\",\"file\":\"f.yaml\",\"line\":2,\"column\":1,"
                                + "\"endLine\":2,\"endColumn\":4,\"message\":\"A \\\"quoted\\\" message.\",\"hint\":\"a hint\"}");
        assertThat(new ObjectMapper().readTree(new JsonFormatter().format(Diagnostics.none())))
                .isEmpty();
    }

    private Diagnostic at(int line, int column) {
        return Diagnostic.error("c", Span.at(source, new Position(line, column)), "m.", null);
    }
}
