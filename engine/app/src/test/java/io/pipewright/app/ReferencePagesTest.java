package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of {@code docs/reference} and the pipelines of {@code docs/examples} that they show. */
class ReferencePagesTest {

    private static final Path EXAMPLES = TestPlace.root().resolve("docs/examples");

    private final Plugins plugins = BuiltInPlugins.load();

    @Test
    void everyTypeThatIsListedHasAnExampleWithATest() throws IOException {
        List<String> expected =
                plugins.all().stream().map(ReferencePages::example).toList();
        assertThat(files(".yaml")).as("pipelines below docs/examples").containsExactlyInAnyOrderElementsOf(expected);
        assertThat(files(".test.yaml"))
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(file -> file.replace(".yaml", ".test.yaml"))
                        .toList());
        for (Plugins.Plugin plugin : plugins.all()) {
            assertThat(EXAMPLES.resolve(ReferencePages.example(plugin)))
                    .content()
                    .contains("type: " + plugin.name());
        }
        assertThat(files(".test.yaml"))
                .allSatisfy(file -> assertThat(EXAMPLES.resolve(file)).content().contains("    expect:"));
    }

    /** Below the folder; of pipelines without their tests. */
    private static List<String> files(String ending) throws IOException {
        try (Stream<Path> all = Files.walk(EXAMPLES)) {
            return all.map(file -> EXAMPLES.relativize(file).toString().replace('\\', '/'))
                    .filter(file -> file.endsWith(ending) && (ending.contains("test") || !file.endsWith(".test.yaml")))
                    .toList();
        }
    }

    @Test
    void noExampleHasAFinding() {
        assertFine("validate", "--strict");
    }

    @Test
    void everyExampleDoesWhatItsTestSays() {
        assertThat(assertFine("test", "--strict")).matches("\\d+ cases passed\\.\\R");
    }

    @Test
    void everyExampleIsInItsCanonicalForm() {
        assertFine("fmt", "--check");
    }

    /** What a command says that has nothing to say against the examples. */
    private static String assertFine(String command, String flag) {
        Answer answer = Answer.of(command, flag, EXAMPLES.toString());
        assertThat(answer.exitCode()).as(answer.out()).isZero();
        return answer.out();
    }

    @Test
    void thePagesAreMadeFromThePluginsAndTheExamples() {
        GoldenFiles.assertFolder(
                TestPlace.root().resolve("docs/reference"), new ReferencePages(plugins, EXAMPLES).pages());
    }
}
