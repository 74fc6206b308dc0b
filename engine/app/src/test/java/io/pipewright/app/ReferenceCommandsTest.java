package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code list}, {@code describe} and {@code schema}. */
class ReferenceCommandsTest {

    @Test
    void listShowsEveryKindWithASentenceForEachType() {
        Answer answer = Answer.of("list");
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .contains("sources\n", "stages\n", "sinks\n", "connections\n", "checks\n", "formats\n")
                .containsPattern("  window +Aggregates the records of each group over spans of event time\\.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "stages"})
    void listShowsOneKind(String kind) {
        Answer answer = Answer.of("list", kind);
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).startsWith("stages\n").contains("  cep ").doesNotContain("sinks");
    }

    @Test
    void listRefusesAKindThatThereIsNot() {
        Answer answer = Answer.of("list", "stge");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err().strip())
                .startsWith("`stge` is not a kind of type.")
                .contains("Did you mean `stage`?");
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void describeShowsTheUidsAndTheOptionsWithTheirDocs() {
        Answer answer = Answer.of("describe", "window");
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .startsWith("window (stage)\n")
                .contains("<id>/panes", "`.errors`", "  allowedLateness: duration, default 0s\n", "type: tumbling\n")
                .contains("  keyBy: list of texts, required\n", "An edit loses the state.");
        assertThat(answer.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(110));
    }

    @Test
    void describeNamesTheKeyFromWhereThereIsOne() {
        assertThat(Answer.of("describe", "enrich").out()).contains("Keys beside its options: `from`, `description`,");
        assertThat(Answer.of("describe", "join").out()).contains("Keys beside its options: `description`,");
    }

    @Test
    void describeShowsAllThatHasTheName() {
        Answer answer = Answer.of("describe", "kafka");
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("kafka (source)\n", "kafka (sink)\n", "kafka (connection)\n");
    }

    @Test
    void everyTypeThatIsListedCanBeDescribed() {
        assertThat(Plugins.load().all()).isNotEmpty().allSatisfy(plugin -> assertThat(
                        Answer.of("describe", plugin.name()))
                .satisfies(answer -> assertThat(answer.exitCode()).isZero())
                .satisfies(answer -> assertThat(answer.out()).contains(plugin.summary())));
    }

    @Test
    void describeNamesTheNearestType() {
        Answer answer = Answer.of("describe", "windw");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err().strip()).startsWith("There is no type `windw`.").contains("Did you mean `window`?");
    }

    @Test
    void schemaHasThePluginsOfThirdPartiesToo(@TempDir Path folder) throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader plugins = FaultyStage.loader(folder)) {
            Thread.currentThread().setContextClassLoader(plugins);
            Answer answer = Answer.of("schema");
            assertThat(answer.exitCode()).isZero();
            assertThat(answer.out())
                    .isEqualTo(Plugins.load().schemas().pipeline())
                    .contains("\"#/definitions/stage.window\"", "\"#/definitions/stage.faulty\"");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void schemaWritesAFileOrAWholeFolder() {
        Path folder = TestPlace.folder("schema");
        assertThat(Answer.of("schema", "--write", folder.resolve("new/one.json").toString())
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("new/one.json")).isNotEmptyFile();
        assertThat(Answer.of("schema", "--write", folder.toString()).exitCode()).isZero();
        assertThat(folder.resolve("pipeline.schema.json")).hasSameTextualContentAs(folder.resolve("new/one.json"));
        assertThat(folder.resolve("stages/window.schema.json")).isNotEmptyFile();
    }

    @Test
    void schemaSaysWhereItCannotWrite() {
        Answer answer = Answer.of("schema", "--write", "/dev/null/schema.json");
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err().strip())
                .isEqualTo("`/dev/null/schema.json` cannot be written. Check the path and its permissions.");
    }
}
