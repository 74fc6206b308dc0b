package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pipeline that is shipped, as {@code validate} sees it: offline and without an environment. */
class CxonePipelineTest {

    private static final Path FOLDER = Path.of("..", "pipelines");

    private static String text() throws IOException {
        return Files.readString(FOLDER.resolve("cxone.yaml"));
    }

    private static Diagnostics findings(String text) {
        PluginCatalog plugins = PluginCatalog.load(CxonePipelineTest.class.getClassLoader());
        return new PipelineCompiler(plugins)
                .compile(
                        "cxone.yaml",
                        text.getBytes(StandardCharsets.UTF_8),
                        List.of(),
                        new Surroundings(FOLDER, Map.of(), false))
                .diagnostics();
    }

    @Test
    void validatesWithoutAWarning() throws IOException {
        assertThat(findings(text())).map(Diagnostic::toString).isEmpty();
    }

    @Test
    void givesOneFindingForEachSlipOfThePen() throws IOException {
        String text = text().replace("size: \"${var:volumeWindow}\"", "sise: \"${var:volumeWindow}\"")
                .replace("loopContiguity: next", "loopContiguity: nxt")
                .replace("grant: clientCredentials", "grant: clientCredential")
                .replace("type: enrich", "type: enrch")
                .replace("maxInFlight: 128", "setBatchSize: 128")
                .replace("outOfOrderness: 2s", "outOfOrder: 2s");
        assertThat(findings(text))
                .extracting(Diagnostic::message)
                .containsExactly(
                        "`grant` cannot be `clientCredential`.",
                        "`outOfOrder` is not an option of `eventTime`.",
                        "`sise` is not an option of `window`.",
                        "`enrch` is not a type of stage.",
                        "`loopContiguity` cannot be `nxt`.",
                        "`setBatchSize` is not an option of `cassandra`.");
    }
}
