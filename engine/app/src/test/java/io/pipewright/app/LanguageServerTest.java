package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.pipewright.spi.stage.StageInfo;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The committed schema under yaml-language-server, which VS Code and other editors use: what it completes, shows and
 * marks in the first pipeline, whose first lines name the schema. {@code npm ci} in {@code src/test/editor} installs it.
 */
class LanguageServerTest {

    private static final Path EDITOR = TestPlace.root().resolve("engine/app/src/test/editor");
    private static final Path SERVER = EDITOR.resolve("node_modules/yaml-language-server/bin/yaml-language-server");

    private static JsonNode answered = MissingNode.getInstance();

    @BeforeAll
    static void talkToTheServer() throws Exception {
        Optional<Path> node = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "node"))
                .filter(Files::isExecutable)
                .findFirst();
        if (node.isEmpty() || !Files.exists(SERVER)) {
            return;
        }
        Path folder = TestPlace.folder("editor");
        Path answer = folder.resolve("answer.json");
        Process session = new ProcessBuilder(
                        node.orElseThrow().toString(),
                        EDITOR.resolve("session.js").toString(),
                        SERVER.toString(),
                        TestPlace.root().toString(),
                        TestPlace.pipeline().toString())
                .redirectOutput(answer.toFile())
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
        if (!session.waitFor(180, TimeUnit.SECONDS)) {
            session.descendants().forEach(ProcessHandle::destroyForcibly);
            session.destroyForcibly().waitFor();
        }
        assertThat(session.exitValue())
                .as(Files.readString(folder.resolve("errors.txt")))
                .isZero();
        answered = new ObjectMapper().readTree(answer.toFile());
    }

    @BeforeEach
    void skipWithoutAServer() {
        assumeFalse(
                answered.isMissingNode(),
                "Skipped: no node, or no language server. Install Node.js, and run `npm ci` in " + EDITOR + ".");
    }

    @Test
    void theFirstPipelineHasNoMarks() {
        assertThat(answered.get("valid")).isEmpty();
    }

    @Test
    void everyMistakeHasOneMarkAtItsLine() throws IOException {
        List<String> found = new ArrayList<>();
        answered.get("wrong").forEach(mark -> found.add(mark.asText().replaceFirst("^(\\d+):\\d+", "$1")));
        assertThat(found)
                .containsExactlyInAnyOrder(
                        line("type: window") + ": Value is not accepted. Valid values: " + stageTypes() + ".",
                        line("ttl: 90d") + ": Write a duration such as `500ms`, `10s` or `1h30m`.",
                        line("maxInFlight") + ": Property maxInflight is not allowed.",
                        line("skip: pastLast") + ": Value is not accepted. Valid values: \"none\", \"toNext\","
                                + " \"pastLast\", \"toFirst\", \"toLast\".");
    }

    private static String stageTypes() {
        return BuiltInPlugins.load().catalog().stages(StageInfo.Kind.STAGE).keySet().stream()
                .map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", "));
    }

    private static int line(String text) throws IOException {
        List<String> lines = Files.readAllLines(TestPlace.pipeline());
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains(text)) {
                return i + 1;
            }
        }
        throw new AssertionError("The pipeline has no " + text);
    }

    @Test
    void hoverShowsWhatAnOptionMeans() {
        assertThat(answered.get("hoverKey").asText())
                .contains("The fields whose values make a group")
                .contains("*list of texts, required*");
    }

    @Test
    void hoverOverATypeShowsWhatEachTypeDoes() {
        assertThat(answered.get("hoverType").asText())
                .contains("* `window`: Aggregates the records of each group over spans of event time.");
    }

    @Test
    void typesAreCompletedWithTheirSummaries() {
        assertThat(answered.get("types").fieldNames()).toIterable().contains("cep", "window", "route");
        assertThat(answered.get("types").get("window").asText()).startsWith("Aggregates the records");
    }

    @Test
    void keysOfTheTypeAreCompletedWithTheirDocs() {
        assertThat(answered.get("keys").fieldNames())
                .toIterable()
                .contains("missing", "parallelism")
                .doesNotContain("window", "keyBy");
        assertThat(answered.get("keys").get("missing").asText()).contains("`keep` if absent");
    }

    @Test
    void valuesAreCompleted() {
        assertThat(answered.get("values").fieldNames()).toIterable().contains("none", "pastLast");
    }
}
