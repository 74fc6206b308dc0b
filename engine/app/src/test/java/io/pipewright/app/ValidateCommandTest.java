package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} of many files and folders. */
class ValidateCommandTest {

    @TempDir
    Path folder = Path.of("");

    private Path good = Path.of("");
    private Path wrong = Path.of("");

    @BeforeEach
    void files() throws IOException {
        String pipeline = Files.readString(TestPlace.pipeline());
        good = Files.writeString(folder.resolve("good.yaml"), pipeline);
        wrong = Files.createDirectories(folder.resolve("sub")).resolve("wrong.yml");
        Files.writeString(wrong, pipeline.replace("status == \"FAILURE\"", "statuz == \"FAILURE\""));
        Files.copy(TestPlace.root().resolve("pipelines/cxone.cql"), folder.resolve("cxone.cql"));
        Files.copy(TestPlace.root().resolve("pipelines/cxone.cql"), folder.resolve("sub/cxone.cql"));
        Files.writeString(folder.resolve("overlay.yaml"), "vars: {volumeWindow: {default: 1m}}\n");
        Files.writeString(folder.resolve("cxone.test.yaml"), "apiVersion: pipelineTest/v1\n");
    }

    @Test
    void findingsOfEachFileAndOneSummaryAreTold() {
        Answer answer = Answer.of("validate", good.toString(), wrong.toString());
        assertThat(answer.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(answer.out())
                .contains(wrong + ":")
                .contains("There is no field `statuz`")
                .endsWith("2 files: 1 error, 0 warnings." + System.lineSeparator());
    }

    @Test
    void ofAFolderThePipelinesBelowItAreChecked() {
        Answer answer = Answer.of("validate", folder.toString());
        assertThat(answer.out()).contains("`statuz`").contains("2 files: 1 error, 0 warnings.");
    }

    @Test
    void aFolderWithoutPipelinesIsWrongUsage() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Answer answer = Answer.of("validate", empty.toString());
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("There is no pipeline below `" + empty + "`");
    }

    @Test
    void aFileThatASourceNamesAndThatIsNotThereIsToldAtItsPath() throws IOException {
        Path orders = folder.resolve("orders.yaml");
        Files.writeString(
                orders,
                """
                apiVersion: pipeline/v1
                name: orders
                records:
                  Order: {fields: {id: string}}
                sources:
                  orders: {type: file, path: nowhere/*.jsonl, format: {type: json, record: Order}}
                sinks:
                  out: {type: print, from: orders}
                """);
        Answer answer = Answer.of("validate", "--connect", orders.toString());
        assertThat(answer.exitCode()).isEqualTo(ExitCode.OUTSIDE);
        assertThat(answer.out())
                .contains(
                        orders + ":6:30: `orders`: There is no file at `nowhere/*.jsonl`.",
                        "^^^^^^^^^^^^^^^ correct `path`; it is relative to the folder in which the engine runs.");
    }

    @Test
    void theWorstExitCodeIsThatOfAllAndTheOtherFilesAreCheckedAll() {
        Answer answer =
                Answer.of("validate", folder.resolve("absent.yaml").toString(), wrong.toString(), good.toString());
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("There is no file `" + folder.resolve("absent.yaml"));
        assertThat(answer.out()).contains("`statuz`").contains("2 files: 1 error, 0 warnings.");
    }

    @Test
    void aFileThatCannotBeReadIsNotCountedAsFine() {
        Answer answer = Answer.of("validate", folder.resolve("absent.yaml").toString());
        assertThat(answer.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("There is no file");
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void aHookPassesOverWhatIsNoPipeline() {
        String overlay = folder.resolve("overlay.yaml").toString();
        String test = folder.resolve("cxone.test.yaml").toString();
        Answer both = Answer.of("validate", "--pipelines-only", overlay, test);
        assertThat(both.exitCode()).isZero();
        assertThat(both.out() + both.err()).isEmpty();
        Answer all = Answer.of("validate", "--pipelines-only", overlay, wrong.toString(), test);
        assertThat(all.exitCode()).isEqualTo(ExitCode.FINDINGS);
        assertThat(all.out()).contains("`statuz`").contains(wrong + ": 1 error");
        assertThat(Answer.of("validate", overlay).exitCode()).isEqualTo(ExitCode.FINDINGS);
    }

    @Test
    void anotherVersionOfTheLanguageIsAFindingForAHookToo() throws IOException {
        Files.writeString(good, Files.readString(good).replace("pipeline/v1", "pipeline/v9"));
        Answer answer = Answer.of("validate", "--pipelines-only", good.toString());
        assertThat(answer.out()).contains("bad-api-version");
    }
}
