package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The launcher {@code ./pipewright} in a checkout of its own that has been built, and its archive of classes. */
@Order(2)
class LauncherIT {

    /** The JVM fails if it cannot use the archive that it is given, and tells which that is. */
    private static final String WITH_ARCHIVE_ONLY = "-Xshare:on -XX:+PrintFlagsFinal";

    private Path home = Path.of("");
    private Path target = Path.of("");

    @BeforeEach
    void checkout() throws IOException {
        home = TestPlace.folder("launcher");
        target = Files.createDirectories(home.resolve("engine/app/target"));
        for (String file : List.of("pipewright", "pom.xml")) {
            Files.copy(TestPlace.root().resolve(file), home.resolve(file));
        }
        assertThat(home.resolve("pipewright").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(home.resolve("pipelines"), TestPlace.root().resolve("pipelines"));
        Files.copy(TestPlace.target().resolve("pipewright-app.jar"), target.resolve("pipewright-app.jar"));
        Files.createSymbolicLink(target.resolve("lib"), TestPlace.target().resolve("lib"));
        Files.createFile(target.resolve("built"));
    }

    /** All of it in one test, for to make an archive takes long. */
    @Test
    void twoFirstUsesAtOnceMakeAnArchiveThatLaterOnesUseUntilABuildOrDamage() throws Exception {
        Process one = start("");
        Process other = start("");
        assertThat(end(one)).isZero();
        assertThat(end(other)).isZero();
        Path archive = archive();
        Path link = Files.createSymbolicLink(
                Files.createDirectory(home.resolve("bin")).resolve("linked"), Path.of("../pipewright"));
        assertThat(end(start(
                        WITH_ARCHIVE_ONLY,
                        link,
                        "validate",
                        TestPlace.pipeline().toString())))
                .isZero();
        ExampleStage stage = ExampleStage.build();
        String pipeline = stage.pipeline().toString();
        assertThat(end(start(
                        WITH_ARCHIVE_ONLY,
                        link,
                        "validate",
                        pipeline,
                        "--plugins",
                        stage.plugins().toString())))
                .as("with plugins, which are in no archive")
                .isZero();
        assertThat(archive()).isEqualTo(archive);
        assertThat(said()).contains("SharedArchiveFile").contains(archive.toString());

        FileTime before = Files.getLastModifiedTime(archive);
        Files.setLastModifiedTime(target.resolve("pipewright-app.jar"), FileTime.from(Instant.now()));
        assertThat(end(start(""))).isZero();
        assertThat(Files.getLastModifiedTime(archive())).isGreaterThan(before);
        assertThat(end(start(WITH_ARCHIVE_ONLY))).isZero();

        byte[] half = Files.readAllBytes(archive());
        Files.delete(archive);
        Files.write(archive, Arrays.copyOf(half, half.length / 2));
        assertThat(end(start(""))).isZero();
    }

    /** The file that it is to run is not there, which it says after all else is loaded. */
    @Test
    void runHasAnArchiveOfItsOwn() throws Exception {
        assertThat(end(start("", "run", "no.yaml"))).isEqualTo(ExitCode.USAGE);
        Path archive = archive("run-");
        assertThat(end(start(WITH_ARCHIVE_ONLY, "run", "no.yaml"))).isEqualTo(ExitCode.USAGE);
        assertThat(said()).contains(archive.toString()).contains("There is no file `no.yaml`");
    }

    @Test
    void anArchiveThatCannotBeMadeIsDoneWithoutAndNotTriedAgain() throws Exception {
        Files.delete(home.resolve("pipelines"));
        assertThat(end(start(""))).isZero();
        FileTime tried = Files.getLastModifiedTime(anyArchive());
        assertThat(anyArchive()).isEmptyFile();
        assertThat(end(start(""))).isZero();
        assertThat(Files.getLastModifiedTime(anyArchive())).isEqualTo(tried);
    }

    @Test
    void aReadOnlyCheckoutWorksWithoutAnArchive() throws Exception {
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeTrue(!Files.isWritable(target), "skipped: this user (root) may write everywhere");
        try {
            assertThat(end(start(""))).isZero();
            assertThat(files()).noneMatch(file -> file.contains(".jsa"));
        } finally {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Starts {@code validate} of the first pipeline, with a flag that comes before the launcher's own. */
    private Process start(String flag) throws IOException {
        return start(flag, "validate", TestPlace.pipeline().toString());
    }

    private Process start(String flag, String command, String file) throws IOException {
        return start(flag, home.resolve("pipewright"), command, file);
    }

    private Process start(String flag, Path launcher, String... command) throws IOException {
        ProcessBuilder launched = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(command))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(Files.createTempFile(home, "output", ".txt").toFile());
        launched.environment().put("JAVA_HOME", System.getProperty("java.home"));
        launched.environment().put("JDK_JAVA_OPTIONS", flag);
        return launched.start();
    }

    private static int end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** What all commands so far have said. */
    private String said() throws IOException {
        StringBuilder said = new StringBuilder();
        try (DirectoryStream<Path> outputs = Files.newDirectoryStream(home, "output*.txt")) {
            for (Path output : outputs) {
                said.append(Files.readString(output));
            }
        }
        return said.toString();
    }

    /** The one archive, which has something in it. */
    private Path archive() throws IOException {
        return archive("validate-");
    }

    private Path archive(String name) throws IOException {
        Path archive = anyArchive(name);
        assertThat(archive).isNotEmptyFile();
        return archive;
    }

    private Path anyArchive() throws IOException {
        return anyArchive("validate-");
    }

    /** The one archive; nothing unfinished is beside it. */
    private Path anyArchive(String name) throws IOException {
        List<String> archives =
                files().stream().filter(file -> file.contains(".jsa")).toList();
        assertThat(archives).singleElement().asString().startsWith(name).endsWith(".jsa");
        return target.resolve(archives.get(0));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
