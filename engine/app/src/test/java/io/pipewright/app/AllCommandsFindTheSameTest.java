package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that takes a pipeline says of a wrong one what {@code validate} says, to the letter. */
class AllCommandsFindTheSameTest {

    private static final String HOME = "pipewright.home";
    private static final Path CASES = Path.of("src/test/resources/findings");

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @MethodSource("wrongPipelines")
    void whatValidateFindsStopsEveryOtherCommand(Path file) throws IOException {
        List<String> edits = edits(file.getParent());
        Answer validated = Answer.of(with(edits, "validate", "--strict-env", file.toString()));
        assertThat(validated.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(validated.out()).contains("error[");

        for (String command : new String[] {"run", "show", "graph"}) {
            assertSame(validated, Answer.of(with(edits, command, file.toString())));
        }
        assertSame(
                validated,
                Answer.of(Main.commandLineOf(new SubmitCommand()), with(edits, "--pipeline", file.toString())));
    }

    /** {@code test} tells them where its results would be, and counts them. */
    @ParameterizedTest
    @MethodSource("wrongPipelines")
    void whatValidateFindsFailsTheTestsOfThePipeline(Path file) throws IOException {
        List<String> edits = edits(file.getParent());
        Path cases = Files.writeString(
                folder.resolve("a.test.yaml"),
                "apiVersion: pipelineTest/v1\npipeline: " + file.toAbsolutePath()
                        + "\ncases: [{name: any, expectNone: [errors]}]\n");

        Answer tested = Answer.of(with(edits, "test", cases.toString()));

        Answer validated = Answer.of(with(edits, "validate", file.toString()));
        assertThat(tested.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(tested.err()).isEmpty();
        assertThat(findings(tested)).isEqualTo(findings(validated));
    }

    /** All lines but the last, which names the file that was given. */
    private static List<String> findings(Answer answer) {
        List<String> lines = answer.out().lines().toList();
        return lines.subList(0, lines.size() - 1);
    }

    /** The overlay and the settings of a case, as flags. */
    private static List<String> edits(Path folder) throws IOException {
        List<String> flags = new ArrayList<>();
        if (Files.exists(folder.resolve("overlay.yaml"))) {
            flags.addAll(List.of("--overlay", folder.resolve("overlay.yaml").toString()));
        }
        if (Files.exists(folder.resolve("settings.txt"))) {
            Files.readAllLines(folder.resolve("settings.txt"))
                    .forEach(setting -> flags.addAll(List.of("--set", setting)));
        }
        return flags;
    }

    @Test
    void theDemoIsStoppedByWhatValidateFindsInItsPipeline() {
        Answer validated;
        Answer demo;
        List<String> mistakes =
                List.of("--set", "stages.volumes.window.size=0s", "--set", "sinks.alertsTable.table=nowhere");
        String before = System.getProperty(HOME);
        System.setProperty(HOME, "../..");
        try {
            Path file = Home.find().resolve("pipelines/cxone.yaml");
            validated = Answer.of(with(mistakes, "validate", file.toString()));
            demo = Answer.of(with(mistakes, "demo"));
        } finally {
            if (before == null) {
                System.clearProperty(HOME);
            } else {
                System.setProperty(HOME, before);
            }
        }

        assertThat(validated.out()).contains("out-of-range", "malformed-table");
        assertThat(demo.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(demo.out() + demo.err()).isEqualTo(validated.out());
    }

    private static String[] with(List<String> flags, String... words) {
        return Stream.concat(Stream.of(words), flags.stream()).toArray(String[]::new);
    }

    private static void assertSame(Answer validated, Answer other) {
        assertThat(other.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(other.out()).isEmpty();
        assertThat(other.err()).isEqualTo(validated.out());
    }

    /** The cases of several mistakes, and of the others each whose code begins like them. */
    static Stream<Path> wrongPipelines() throws IOException {
        try (Stream<Path> files = Files.walk(CASES, 3)) {
            return files
                    .filter(file -> file.endsWith("pipeline.yaml"))
                    .filter(file -> file.toString().matches(".*/findings/(several|unknown-[a-r]|tag|cycle).*"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}
