package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.PrettyFormatter;
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
import org.junit.jupiter.api.Test;

/** What becomes of secrets in findings, in the manifest and in what {@code show} prints. */
class SecretsTest {

    private static final Path FOLDER = Path.of("..", "pipelines");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("CXONE_CLIENT_SECRET", "from-the-environment", "CASSANDRA_DC", "dc7");
    private static final PluginCatalog PLUGINS = PluginCatalog.load(SecretsTest.class.getClassLoader());

    private static PipelineInput input(String secret) throws IOException {
        String overlay = "connections:\n  cxoneApi:\n    auth: {clientSecret: %s}\n".formatted(secret);
        return new PipelineInput(
                new TextFile("cxone.yaml", Files.readAllBytes(FOLDER.resolve("cxone.yaml"))),
                List.of(new TextFile("prod.yaml", overlay.getBytes(StandardCharsets.UTF_8))),
                List.of("volumeWindow=7m"));
    }

    private static Surroundings surroundings() {
        return new Surroundings(FOLDER, ENVIRONMENT, false);
    }

    private static Checked<LogicalGraph> compile(String secret) throws IOException {
        return new PipelineCompiler(PLUGINS).compile(input(secret), surroundings());
    }

    private static String show(String secret) throws IOException {
        return new PipelineCompiler(PLUGINS).show(input(secret), surroundings()).orElseThrow();
    }

    private static String printed(Checked<?> checked) {
        return new PrettyFormatter().format(checked.diagnostics());
    }

    @Test
    void aReferenceToAMountedFileIsFineAndNeedsNoFileHere() throws IOException {
        Checked<LogicalGraph> checked = compile("'${secret:cxone}'");
        assertThat(printed(checked)).isEmpty();
        assertThat(checked.orElseThrow().definition().resolved()).contains("${secret:cxone}");
    }

    @Test
    void aLiteralIsAWarningThatDoesNotShowIt() throws IOException {
        Checked<LogicalGraph> checked = compile("hunter2");
        assertThat(printed(checked))
                .isEqualTo(
                        """
                        prod.yaml:3:26: warning[literal-secret]: A secret stands in the file, where others can read it.
                            3 |     auth: {clientSecret: •••••••}
                              |                          ^^^^^^^ write `${secret:name}`, the name of a file in the folder that `--secrets` gives, or `${env:NAME}`.
                        """);
        assertThat(checked.orElseThrow().definition().resolved()).doesNotContain("hunter2");
    }

    @Test
    void noFindingOnItsLineShowsALiteral() throws IOException {
        assertThat(printed(compile("hunter2, scops: [a]")))
                .contains("unknown-option")
                .doesNotContain("hunter2");
        assertThat(printed(compile("[hunter2]"))).contains("error[").doesNotContain("hunter2");
        assertThat(printed(compile("'${env:X:-hunter2}'")))
                .contains("literal-secret")
                .doesNotContain("hunter2");
    }

    @Test
    void aReferenceIsTheWholeValueAndStandsOnlyInOptionsForSecrets() throws IOException {
        assertThat(printed(compile("'x${secret:cxone}'"))).contains("error[misplaced-secret]");
        assertThat(printed(compile("'${secret:cxone}', clientId: '${secret:id}'")))
                .contains("prod.yaml:3:56: error[misplaced-secret]");
        assertThat(printed(compile("'${secret:../x}'"))).contains("error[bad-reference]");
    }

    @Test
    void showPrintsWhatARunGetsWithoutSecrets() throws IOException {
        String shown = show("hunter2");
        assertThat(shown)
                .contains("clientSecret: '••••'\n", "default: 7m\n", "size: 7m\n", "localDatacenter: dc7\n")
                .contains("- '${env:KAFKA_BOOTSTRAP}'\n")
                .doesNotContain("hunter2");
        assertThat(show("'${secret:cxone}'")).contains("clientSecret: '${secret:cxone}'\n");
        assertThat(show("'${env:CXONE_CLIENT_SECRET}'")).doesNotContain("from-the-environment");
    }

    @Test
    void whatIsShownIsAPipelineAgain() throws IOException {
        String shown = show("'${secret:cxone}'");
        PipelineInput again = new PipelineInput(
                new TextFile("shown.yaml", shown.getBytes(StandardCharsets.UTF_8)), List.of(), List.of());
        Checked<String> twice = new PipelineCompiler(PLUGINS).show(again, surroundings());
        assertThat(printed(twice)).isEmpty();
        assertThat(twice.orElseThrow()).isEqualTo(shown);
    }
}
