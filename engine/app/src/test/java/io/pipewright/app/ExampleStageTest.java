package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** A stage that {@code new --stage} has written builds against the plugin interface alone, and is one like any other. */
class ExampleStageTest {

    /** Another name than the example's, so that all places of it are seen to have been renamed. */
    private static ExampleStage stage;

    @BeforeAll
    static void build() throws IOException {
        stage = ExampleStage.build("levelWatch");
    }

    private static Answer answer(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--plugins", stage.plugins().toString()));
        return Answer.of(all.toArray(String[]::new));
    }

    @Test
    void nothingIsLeftOfTheNameOfTheExample() throws IOException {
        assertThat(StageProject.of("levelWatch", ExampleStage.template()).files())
                .hasSizeGreaterThan(10)
                .allSatisfy((file, text) -> assertThat(file + text).doesNotContainIgnoringCase("onchange"))
                .containsKeys(
                        "pom.xml",
                        "levelwatch.yaml",
                        "levelwatch.test.yaml",
                        "src/main/java/com/example/levelwatch/LevelWatchType.java");
        assertThat(StageProject.of("onChange", ExampleStage.template()).files())
                .as("the template is the example, for all files of it")
                .allSatisfy((file, text) ->
                        assertThat(ExampleStage.template().resolve(file)).hasContent(text));
    }

    @Test
    void itsOwnUnitTestPasses() throws IOException {
        Path classes = stage.project().resolve("target/test-classes");
        List<Path> seen = new ArrayList<>(PluginJar.classPath().toList());
        seen.add(stage.jar());
        PluginJar.compile(stage.project().resolve("src/test/java"), seen, classes);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] places = {stage.jar().toUri().toURL(), classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(places, before)) {
            thread.setContextClassLoader(loader);
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            Launcher launcher = LauncherFactory.create();
            launcher.execute(
                    LauncherDiscoveryRequestBuilder.request()
                            .selectors(DiscoverySelectors.selectClass(loader, "com.example.levelwatch.LevelWatchTest"))
                            .build(),
                    summary);
            assertThat(summary.getSummary().getFailures()).isEmpty();
            assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(4);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void itsPipelineHasNoFindingsAndIsInTheCanonicalForm() {
        Answer validate = answer("validate", "--strict", stage.pipeline().toString());
        assertThat(validate.out()).endsWith("0 errors, 0 warnings.\n");
        assertThat(validate.exitCode()).isZero();
        Answer format = answer(
                "fmt", "--check", stage.pipeline().toString(), stage.cases().toString());
        assertThat(format.exitCode()).as(format.out()).isZero();
        assertThat(answer("show", stage.pipeline().toString()).out()).contains("type: levelWatch");
        assertThat(answer("graph", stage.pipeline().toString()).out()).contains("levelWatch");
    }

    @Test
    void itsCasesPassAndFailAsOthersDo() throws IOException {
        Answer test = answer("test", stage.cases().toString());
        assertThat(test.exitCode()).as(test.out() + test.err()).isZero();
        assertThat(test.out()).isEqualTo("1 case passed.\n");
        Path wrong = stage.project().resolve("wrong.test.yaml");
        Files.writeString(
                wrong,
                Files.readString(stage.cases())
                        .replace("north, level: 2}\n    expectNone", "north, level: 3}\n    expectNone"));
        Answer fails = answer("test", wrong.toString());
        assertThat(fails.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(fails.out()).contains("`level` of `rows` is `2`, not `3`.");
    }

    @Test
    void itsPipelineRuns() throws IOException {
        Path rows = stage.project().resolve("rows");
        Answer run = answer(
                "run",
                stage.pipeline().toString(),
                "--overlay",
                stage.overlay(rows).toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        ExampleStage.assertRows(rows);
    }

    @Test
    void whatIsWrongWithItsOptionsHasItsPlace() throws IOException {
        Path file = stage.project().resolve("wrong.yaml");
        Files.writeString(
                file,
                Files.readString(stage.pipeline())
                        .replace("value: level", "value: levl")
                        .replace("ttl: 1h", "tttl: 1h"));
        Answer validate = answer("validate", file.toString());
        assertThat(validate.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(validate.out())
                .contains("wrong.yaml:21:12: error[unknown-field]")
                .contains("wrong.yaml:22:5: error[unknown-option]", "did you mean `ttl`?");
    }

    @Test
    void listAndDescribeAndSchemaKnowIt() throws IOException {
        assertThat(answer("list", "stages").out())
                .containsPattern("  levelWatch +Lets a record pass if a value of its key has changed\\.");
        assertThat(answer("describe", "levelWatch").out())
                .startsWith("levelWatch (stage)\n")
                .contains("Operators' uids: `<id>/last`", "  keyBy: list of texts, required", "  ttl: duration");
        JsonNode schema = new ObjectMapper().readTree(answer("schema").out());
        assertThat(schema.path("definitions")
                        .path("stage.levelWatch")
                        .path("properties")
                        .path("value"))
                .isNotEmpty();
        assertThat(Answer.of("schema").out()).doesNotContain("levelWatch");
    }

    @Test
    void withoutItsJarTheTypeIsUnknown() {
        Answer validate = Answer.of("validate", stage.pipeline().toString());
        assertThat(validate.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(validate.out()).contains("error[unknown-stage-type]");
    }

    /** It stands alone, so nothing else keeps its versions at those of Pipewright's own build. */
    @ParameterizedTest
    @ValueSource(strings = {"flink.version", "jspecify.version", "junit.version", "maven.compiler.release"})
    void itIsBuiltAgainstTheVersionsThatPipewrightIsBuiltWith(String property) throws IOException {
        Path ours = TestPlace.root().resolve("pom.xml");
        Path theirs = ExampleStage.template().resolve("pom.xml");
        assertThat(element(property, theirs)).isEqualTo(element(property, ours));
    }

    @Test
    void itIsBuiltAgainstThisVersionOfThePluginInterface() throws IOException {
        assertThat(element("pipewright.version", ExampleStage.template().resolve("pom.xml")))
                .isEqualTo(element("version", TestPlace.root().resolve("pom.xml")));
    }

    /** The text of the first element of this name. */
    private static String element(String name, Path pom) throws IOException {
        Matcher element = Pattern.compile("<" + name + ">(.*?)</" + name + ">").matcher(Files.readString(pom));
        assertThat(element.find()).as(name).isTrue();
        return element.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "with space", "a-b", "1st", "default", "../up"})
    void whatCannotBeATypeIsWrongUsage(String type) {
        Answer answer = Answer.of("new", "--stage", type);
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("`" + type + "` cannot be a type.");
    }

    @Test
    void aTypeThatThereIsIsWrongUsage() {
        Answer answer = Answer.of("new", "--stage", "filter");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("There is a stage `filter` already.");
    }

    @Test
    void samplesAreNoUseForAStage() {
        Answer answer = Answer.of("new", "--stage", "spikes", "--from-json", "a.jsonl");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("no use for --from-json");
    }

    @Test
    void aFolderThatIsInUseIsLeftAlone() {
        StageProject project = StageProject.of("levelWatch", ExampleStage.template());
        assertThatThrownBy(() -> project.write(stage.project()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("is there already");
    }
}
