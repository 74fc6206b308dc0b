package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.plan.PipelineInput.TextFile;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Overlays on the pipeline that is shipped. */
class OverlayTest {

    private static final Path FOLDER = Path.of("..", "pipelines");

    private static TextFile overlay(String text) {
        return new TextFile("prod.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Checked<LogicalGraph> compile(List<String> settings, String... overlays) throws IOException {
        PluginCatalog plugins = PluginCatalog.load(OverlayTest.class.getClassLoader());
        PipelineInput input = new PipelineInput(
                new TextFile("cxone.yaml", Files.readAllBytes(FOLDER.resolve("cxone.yaml"))),
                Stream.of(overlays).map(OverlayTest::overlay).toList(),
                settings);
        return new PipelineCompiler(plugins).compile(input, new Surroundings(FOLDER, Map.of(), false));
    }

    private static List<String> findings(String... overlays) throws IOException {
        return compile(List.of(), overlays).diagnostics().all().stream()
                .map(Diagnostic::toString)
                .toList();
    }

    @Test
    void changesWhatItNamesAndNothingElse() throws IOException {
        Checked<LogicalGraph> checked = compile(List.of(), "vars: {volumeWindow: {default: 1m}}\n");
        assertThat(checked.diagnostics().all()).isEmpty();
        assertThat(checked.orElseThrow().definition().vars().get("volumeWindow").text())
                .isEqualTo("1m");
        assertThat(checked.orElseThrow()
                        .definition()
                        .vars()
                        .get("failureWithin")
                        .text())
                .isEqualTo("30s");
    }

    @Test
    void comesBeforeWhatTheCommandLineSets() throws IOException {
        Checked<LogicalGraph> checked =
                compile(List.of("volumeWindow=2m"), "vars: {volumeWindow: {default: 1m}}\n", "name: other\n");
        assertThat(checked.orElseThrow().definition().vars().get("volumeWindow").text())
                .isEqualTo("2m");
        assertThat(checked.orElseThrow().definition().name()).isEqualTo("other");
    }

    @Test
    void hasItsOwnLineNamedInFindingsOfEveryPhase() throws IOException {
        assertThat(findings("stages:\n  volumes:\n    window: {slde: 1m}\n"))
                .containsExactly("prod.yaml:3:14: error[unknown-option]: `slde` is not an option of `window`.");
        assertThat(findings("vars:\n  maxRate: {default: 5 per second}\n"))
                .singleElement()
                .asString()
                .startsWith("prod.yaml:2:22: error[bad-literal]");
        assertThat(findings("stages:\n  volumes:\n    from: nobody\n"))
                .singleElement()
                .asString()
                .startsWith("prod.yaml:3:11: error[");
    }

    @Test
    void tellsItsOwnSyntaxErrorsTogetherWithThoseOfOthers() throws IOException {
        assertThat(findings("vars: [\n", "name: a\nname: b\n"))
                .hasSize(2)
                .allMatch(finding -> finding.startsWith("prod.yaml:"));
    }

    @Test
    void warnsOfARemovalThatRemovesNothing() throws IOException {
        assertThat(findings("stages:\n  volums: null\n"))
                .containsExactly("prod.yaml:2:3: warning[nothing-to-remove]: There is no `volums` to remove.");
    }
}
