package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The hooks of {@code .pre-commit-hooks.yaml} under the real pre-commit, in a repository of pipelines that names this
 * project by address and revision, as a user's does. Only the build of the hooks' clone is not waited for, which is all of
 * this build without its tests: what this build has made is put in its place.
 */
@Order(7)
class PreCommitIT {

    /** Of the project, and of what pre-commit keeps of it for all repositories that use its hooks. */
    private static Path folder = Path.of("");

    private static String revision = "";

    private Path repository = Path.of("");

    @BeforeAll
    static void project() throws Exception {
        boolean there = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "pre-commit")));
        assumeTrue(there, "skipped: there is no pre-commit; `apt-get install pre-commit` brings it");
        folder = TestPlace.folder("pre-commit");
        revision = bareRepository();
    }

    @BeforeEach
    void pipelines() throws Exception {
        repository = Files.createTempDirectory(folder, "pipelines");
        run("git", "init", "--quiet");
        for (String file : List.of("cxone.yaml", "cxone.test.yaml", "cxone.cql", "prod.yaml")) {
            Files.copy(TestPlace.root().resolve("pipelines").resolve(file), repository.resolve(file));
        }
        Files.writeString(
                repository.resolve(".pre-commit-config.yaml"),
                """
                repos:
                  - repo: %s
                    rev: %s
                    hooks:
                      - id: pipewright-fmt
                      - id: pipewright-validate
                      - id: pipewright-test
                """
                        .formatted(folder.resolve("project.git"), revision));
        run("git", "add", ".");
        assertThat(run("pre-commit", "install-hooks").exitCode()).isZero();
        putBuild();
    }

    @Test
    void goodPipelinesPassAndOtherFilesArePassedOver() throws Exception {
        Answer answer = run("pre-commit", "run", "--all-files");
        assertThat(answer.out())
                .contains("format pipelines", "validate pipelines", "test pipelines")
                .doesNotContain("Failed");
        assertThat(answer.exitCode()).isZero();
        // As of any first use, of `fmt`, `validate` and `test`.
        assertThat(archives()).hasSize(3).allSatisfy(archive -> assertThat(archive)
                .isNotEmptyFile());
    }

    private static List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(target())) {
            return files.filter(file -> file.toString().endsWith(".jsa")).toList();
        }
    }

    @Test
    void aWrongPipelineFailsWithItsFindings() throws Exception {
        Path pipeline = repository.resolve("cxone.yaml");
        Files.writeString(
                pipeline, Files.readString(pipeline).replace("status == \"FAILURE\"", "statuz == \"FAILURE\""));
        run("git", "add", ".");
        Answer answer = run("pre-commit", "run");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .contains("Failed")
                .contains("error[unknown-field]: There is no field `statuz`.")
                .contains("cxone.yaml: 1 error, 0 warnings.");
    }

    @Test
    void aPipelineThatDoesSomethingElseFailsItsTest() throws Exception {
        Path pipeline = repository.resolve("cxone.yaml");
        Files.writeString(pipeline, Files.readString(pipeline).replace("times: 3", "times: 2"));
        run("git", "add", "cxone.yaml");
        Answer answer = run("pre-commit", "run", "pipewright-test");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).contains("cxone.test.yaml:").contains("cases failed.");
    }

    @Test
    void aPipelineInAnotherFormIsWrittenAnew() throws Exception {
        Path pipeline = repository.resolve("cxone.yaml");
        String formatted = Files.readString(pipeline);
        Files.writeString(pipeline, formatted.replace("keyBy: [channel]", "keyBy:   [ channel ]"));
        run("git", "add", ".");
        Answer answer = run("pre-commit", "run", "pipewright-fmt");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).contains("files were modified by this hook");
        assertThat(pipeline).hasContent(formatted);
        run("git", "add", ".");
        assertThat(run("pre-commit", "run", "--all-files").exitCode()).isZero();
    }

    /** As the README has it, but for the installation: {@code npm ci} has brought the validator. */
    @Test
    void whereThereIsNoJavaTheSchemaFindsWhatIsWrongWithTheStructure() throws Exception {
        Path tools = TestPlace.root().resolve("engine/app/src/test/editor/node_modules/.bin");
        assumeTrue(
                Files.isExecutable(tools.resolve("ajv")),
                "skipped: there is no validator of JSON Schema. Install Node.js, and run `npm ci` in "
                        + tools.getParent().getParent() + ".");
        String readme = Files.readString(TestPlace.root().resolve("README.md"));
        int begin =
                readme.lastIndexOf("```yaml\n", readme.indexOf("id: structure-of-pipelines")) + "```yaml\n".length();
        String config = readme.substring(begin, readme.indexOf("```", begin));
        assertThat(config).contains("language: node\n", "additional_dependencies: [ajv-cli@5.0.0]\n", "entry: ajv ");
        assertThat(Files.readString(TestPlace.root().resolve("engine/app/src/test/editor/package.json")))
                .contains("\"ajv-cli\": \"5.0.0\"");
        Files.writeString(
                repository.resolve(".pre-commit-config.yaml"),
                config.replace("language: node", "language: system")
                        .replaceAll(" *additional_dependencies: .*\n", "")
                        .replace("entry: ajv ", "entry: " + tools.resolve("ajv") + " "));
        Path schema = Files.createDirectory(repository.resolve("schema")).resolve("pipeline.schema.json");
        Files.copy(TestPlace.root().resolve("schema/pipeline.schema.json"), schema);
        Path pipeline = Files.createDirectory(repository.resolve("pipelines")).resolve("cxone.yaml");
        Files.move(repository.resolve("cxone.yaml"), pipeline);

        run("git", "add", ".");
        Answer good = run("pre-commit", "run");
        assertThat(good.out()).contains("structure of pipelines").contains("Passed");
        assertThat(good.exitCode()).isZero();

        Files.writeString(pipeline, Files.readString(pipeline).replace("type: filter", "type: filtre"));
        run("git", "add", ".");
        Answer wrong = run("pre-commit", "run");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.out()).contains("pipelines/cxone.yaml invalid", "data/stages/identified/type must be");
    }

    /** Makes a bare repository of the project's files as they are now; gives the revision. */
    private static String bareRepository() throws Exception {
        String directory = "--git-dir=" + folder.resolve("project.git");
        run(
                folder,
                "git",
                "init",
                "--quiet",
                "--bare",
                folder.resolve("project.git").toString());
        String files = "--work-tree=" + TestPlace.root();
        assertThat(run(
                                folder,
                                "git",
                                directory,
                                files,
                                "add",
                                "--all",
                                TestPlace.root().toString())
                        .exitCode())
                .isZero();
        assertThat(run(folder, "git", directory, files, "commit", "--quiet", "--message=Project")
                        .exitCode())
                .isZero();
        return run(folder, "git", directory, "rev-parse", "HEAD").out().strip();
    }

    private void putBuild() throws IOException {
        Path target = Files.createDirectories(target());
        if (Files.exists(target.resolve("built"))) {
            return;
        }
        for (String made : List.of("pipewright-app.jar", "lib")) {
            Files.createSymbolicLink(target.resolve(made), TestPlace.target().resolve(made));
        }
        Files.createFile(target.resolve("built"));
    }

    /** Where the hooks' clone of the project is built. */
    private static Path target() throws IOException {
        try (Stream<Path> clones = Files.list(folder.resolve("cache"))) {
            return clones.filter(path -> Files.isRegularFile(path.resolve(".pre-commit-hooks.yaml")))
                    .findFirst()
                    .orElseThrow()
                    .resolve("engine/app/target");
        }
    }

    /** Runs a command in the repository of pipelines; what it says is all in {@code out}. */
    private Answer run(String... command) throws Exception {
        return run(repository, command);
    }

    private static Answer run(Path directory, String... command) throws Exception {
        Path output = Files.createTempFile(folder, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment()
                .putAll(Map.of(
                        "HOME", folder.toString(),
                        "PRE_COMMIT_HOME", folder.resolve("cache").toString(),
                        "JAVA_HOME", System.getProperty("java.home"),
                        "GIT_AUTHOR_NAME", "Test",
                        "GIT_AUTHOR_EMAIL", "test@localhost",
                        "GIT_COMMITTER_NAME", "Test",
                        "GIT_COMMITTER_EMAIL", "test@localhost"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
            return new Answer(process.exitValue(), Files.readString(output), "");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
