package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.stage.StageInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each type of this module is in the pipeline of a test: a stage in scenarios beside it, and every type and format in a
 * whole job. Their examples and the benchmark of stages are held to the same by tests of their own. What a test shows of
 * a type is up to that test.
 */
class EveryTypeIsTestedTest {

    private static final Path TESTS = Path.of("src/test/java");
    private static final PluginCatalog PLUGINS = PluginCatalog.load(EveryTypeIsTestedTest.class.getClassLoader());

    @Test
    void aStageHasScenariosBesideIt() {
        assertThat(PLUGINS.stages(StageInfo.Kind.STAGE)).allSatisfy((name, type) -> {
            Path folder = TESTS.resolve(type.getClass().getPackageName().replace('.', '/'));
            assertThat(texts(folder, file -> file.endsWith("ScenarioTest.java")))
                    .as("scenarios of `%s`, as %s/…ScenarioTest", name, folder)
                    .anyMatch(text -> isIn(text, name));
        });
    }

    @ParameterizedTest
    @EnumSource
    void aTypeIsInAWholeJob(StageInfo.Kind kind) throws IOException {
        String block = kind.name().toLowerCase(Locale.ROOT) + "s";
        List<String> jobs = wholeJobs();
        assertThat(PLUGINS.stages(kind).keySet()).isNotEmpty().allSatisfy(name -> assertThat(jobs)
                .as("a job with `%s` among its %s", name, block)
                .anyMatch(text -> has(text, block, name)));
    }

    @Test
    void aFormatIsInAWholeJob() throws IOException {
        List<String> jobs = wholeJobs();
        assertThat(PLUGINS.formats().keySet()).isNotEmpty().allSatisfy(name -> assertThat(jobs)
                .as("a job with the format `%s`", name)
                .anyMatch(text -> text.contains("format: {type: " + name)));
    }

    /** Tests that run pipelines on a Flink, and the first pipeline, which the tests of the app run on a cluster. */
    private static List<String> wholeJobs() throws IOException {
        String first = Files.readString(Path.of("..", "pipelines", "cxone.yaml"));
        return Stream.concat(
                        texts(TESTS, file -> file.endsWith("Test.java")).stream()
                                .filter(text ->
                                        text.contains("PipelineRun.finish(") || text.contains("PipelineRun.start(")),
                        Stream.of(first))
                .toList();
    }

    /** Whether a pipeline in a text has an entry of a type in a block, which ends where another begins. */
    private static boolean has(String text, String block, String type) {
        return Stream.of(text.split("\\b(?=(?:sources|stages|sinks):\\s)"))
                .anyMatch(part -> part.startsWith(block + ":") && isIn(part, type));
    }

    private static boolean isIn(String text, String type) {
        return Pattern.compile("\\btype: " + type + "\\b").matcher(text).find();
    }

    private static List<String> texts(Path folder, Predicate<String> name) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> name.test(file.toString()))
                    .map(EveryTypeIsTestedTest::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
