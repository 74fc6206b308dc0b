package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fmt}. */
class FmtCommandTest {

    private static final String MESSY = "apiVersion: pipeline/v1\nname:   orders # mine\n";
    private static final String NEAT = "apiVersion: pipeline/v1\nname: orders   # mine\n";

    @TempDir
    Path folder;

    @Test
    void itRewritesTheFilesOfAFolderThatArePipelinesOrTheirTests() throws IOException {
        Path pipeline = write("a/orders.yaml", MESSY);
        Path test = write("a/orders.test.yml", "apiVersion:   pipelineTest/v1\n");
        Path other = write("a/other.yaml", "kind:   Service\n");
        Path hidden = write(".git/orders.yaml", MESSY);

        Answer answer = Answer.of("fmt", folder.toString());

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains(pipeline.toString(), test.toString(), "2 of 2 files changed.");
        assertThat(pipeline).hasContent(NEAT);
        assertThat(test).hasContent("apiVersion: pipelineTest/v1\n");
        assertThat(other).hasContent("kind:   Service\n");
        assertThat(hidden).hasContent(MESSY);
        assertThat(Answer.of("fmt", "--check", folder.toString()).exitCode()).isZero();
    }

    @Test
    void aFolderWithoutPipelinesIsWrongUsage() throws IOException {
        write("other.yaml", "kind:   Service\n");

        for (String flag : new String[] {"--check", "--diff"}) {
            Answer answer = Answer.of("fmt", flag, folder.toString());

            assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(answer.err()).contains("There is no pipeline below `" + folder + "`");
        }
        assertThat(Answer.of("fmt", "--pipelines-only", folder.toString()).exitCode())
                .isZero();
    }

    @Test
    void checkNamesWhatWouldChangeAndChangesNothing() throws IOException {
        Path file = write("orders.yaml", MESSY);

        Answer answer = Answer.of("fmt", "--check", file.toString());

        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(answer.out().lines()).containsExactly(file.toString(), "1 of 1 file would change.");
        assertThat(file).hasContent(MESSY);
    }

    @Test
    void diffShowsWhatWouldChangeAndChangesNothing() throws IOException {
        Path file = write("orders.yaml", MESSY);

        Answer answer = Answer.of("fmt", "--diff", file.toString());

        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(answer.out().lines())
                .containsExactly(
                        "--- a/" + file,
                        "+++ b/" + file,
                        "@@ -1,2 +1,2 @@",
                        " apiVersion: pipeline/v1",
                        "-name:   orders # mine",
                        "+name: orders   # mine");
        assertThat(file).hasContent(MESSY);
    }

    @Test
    void diffShowsLineEndsAndABreakThatIsMissing() throws IOException {
        Path file = write("orders.yaml", "apiVersion: pipeline/v1\r\nname: orders");

        assertThat(Answer.of("fmt", "--diff", file.toString()).out())
                .contains("-apiVersion: pipeline/v1\r\n", "\n\\ No newline at end of file\n");
    }

    @Test
    void aFileWithYamlErrorsStaysAsItIsAndTheOthersAreFormatted() throws IOException {
        Path broken = write("broken.yaml", "apiVersion: pipeline/v1\nname:   [\n");
        Path cut = write("cut.yaml", MESSY + "stages: {a: {type: filter, from: b, where: f(x, y)}}\n");
        Path orders = write("orders.yaml", MESSY);

        Answer answer = Answer.of("fmt", folder.toString());

        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(answer.err()).contains("broken.yaml:3:", "error[yaml-syntax]", "cut.yaml:3:", "[quote-expression]");
        assertThat(broken).hasContent("apiVersion: pipeline/v1\nname:   [\n");
        assertThat(cut).content().startsWith(MESSY);
        assertThat(orders).hasContent(NEAT);
    }

    @Test
    void whatCannotBeReadIsNamed() {
        Answer answer = Answer.of("fmt", folder.resolve("nowhere.yaml").toString());

        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("nowhere.yaml` cannot be read. Check its path and permissions.");
    }

    @Test
    void aDashReadsStdinAndWritesStdout() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(MESSY.getBytes(StandardCharsets.UTF_8)));
            Answer answer = Answer.of("fmt", "-");
            assertThat(answer.exitCode()).isZero();
            assertThat(answer.out()).isEqualTo(NEAT);
        } finally {
            System.setIn(before);
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
