package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands say when they cannot do what they are told; {@link BadInputIT} starts processes for the same. */
class BadInputTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void aWrongFlagIsAnsweredWithTheNextAction() {
        assertRefused(
                Answer.of("demo", "--evnts", "100"),
                ExitCode.USAGE,
                "Unknown option",
                "--evnts",
                "pipewright demo --help");
        assertRefused(Answer.of("demo", "--events", "many"), ExitCode.USAGE, "--events", "many");
        assertRefused(Answer.of("demo", "--events", "1"), ExitCode.USAGE, "100 to 2000000");
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheNearestOne() {
        assertRefused(Answer.of("demmo"), ExitCode.USAGE, "demmo", "demo");
        assertThat(Answer.of().exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whatIsNoReadableFileIsNamed() {
        assertRefused(Answer.of("validate", "nowhere.yaml"), ExitCode.USAGE, "`nowhere.yaml`");
        assertRefused(Answer.of("run", folder.toString()), ExitCode.USAGE, "is a folder");
    }

    @Test
    void aNameThatNoFileCanHaveIsToldWithoutJavasWords() {
        Answer answer = Answer.of("validate", "half\uD800.yaml");
        assertRefused(answer, ExitCode.USAGE, "cannot be the name of a file here", "LC_ALL");
        assertThat(answer.err()).doesNotContain("java.", "Exception");
    }

    @Test
    void brokenYamlHasItsPlace() throws IOException {
        String file = brokenYaml();
        assertRefused(Answer.of("run", file), ExitCode.FINDINGS, "broken.yaml:");
    }

    @Test
    void aSubmissionSaysTheSame() throws IOException {
        assertRefused(submission("--pipeline", "nowhere.yaml"), ExitCode.USAGE, "no file", "nowhere.yaml");
        assertRefused(submission("--pipeline", brokenYaml()), ExitCode.FINDINGS, "broken.yaml:");
        assertRefused(
                submission("--pipeline", TestPlace.pipeline().toString(), "--plugins", folder.toString()),
                ExitCode.USAGE,
                "There is no jar in `" + folder + "`");
    }

    private static Answer submission(String... args) {
        return Answer.of(Main.commandLineOf(new SubmitCommand()), args);
    }

    private String brokenYaml() throws IOException {
        return Files.writeString(folder.resolve("broken.yaml"), "apiVersion: pipeline/v1\nname: [\n")
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pretty", "json", "sarif", "github"})
    void noFileCanTalkToTheTerminal(String format) throws IOException {
        Path file = folder.resolve("\u001b[2J.yaml");
        Files.writeString(file, "\"\\e[31m\\a\": \u001b]0;title\u0007\n");
        Answer validate = Answer.of("validate", "--format", format, file.toString());
        assertRefused(validate, ExitCode.FINDINGS, "control-character");
        assertThat(said(validate)).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f]");
    }

    @Test
    void noNameOfAFileCanTalkToTheTerminal() {
        Answer absent = Answer.of("validate", "\u001b[31m.yaml");
        assertRefused(absent, ExitCode.USAGE, "\\u001B[31m.yaml");
        assertThat(said(absent)).doesNotContain("\u001b");
    }

    private static String said(Answer answer) {
        return answer.out() + answer.err();
    }

    private static void assertRefused(Answer answer, int exitCode, String... told) {
        assertThat(answer.exitCode()).as(said(answer)).isEqualTo(exitCode);
        assertThat(said(answer)).contains(told);
        BadInputIT.assertNoStackTrace(said(answer));
    }
}
