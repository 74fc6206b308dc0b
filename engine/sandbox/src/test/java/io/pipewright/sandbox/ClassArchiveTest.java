package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Archives of a server that does nothing; those of Kafka, Cassandra and Flink are made and used by all tests of them. */
class ClassArchiveTest {

    private static final String SOURCE =
            """
            public class Idle {
                public static void main(String[] args) throws Exception {
                    System.out.println(new Idle().greeting());
                    new java.util.concurrent.CountDownLatch(1).await();
                }

                private String greeting() {
                    return "ready";
                }
            }
            """;

    private SandboxHome home;

    /** A home for each test: what one leaves in it, such as two archives, is not there for another. */
    @BeforeEach
    void buildTheServer() throws IOException {
        home = new SandboxHome(TestPlace.folder("archive-home"));
        Path lib = Files.createDirectories(home.target("idle").resolve("lib"));
        TestJar.build(lib.resolve("idle.jar"), "Idle", SOURCE, List.of());
    }

    @Test
    void theFirstServerLeavesAnArchiveThatTheNextOneUses() throws IOException {
        assertThat(startAndLog("-Xlog:class+load")).doesNotContain("Idle source: shared objects file");
        List<Path> made = archives();
        assertThat(made).hasSize(1);
        assertThat(startAndLog("-Xlog:class+load")).contains("Idle source: shared objects file");
        assertThat(archives()).isEqualTo(made);
    }

    @Test
    void aDamagedArchiveIsMadeAgain() throws IOException {
        start();
        Path archive = archives().get(0);
        byte[] bytes = Files.readAllBytes(archive);
        assertThat(archive.toFile().setWritable(true)).isTrue();
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 3));
        start();
        assertThat(archives()).hasSize(1);
        assertThat(Files.size(archives().get(0))).isGreaterThan(bytes.length / 2);
    }

    /** As one that is interrupted at its start, of which the archive is not the cause. */
    @Test
    void aServerThatDoesNotStartWithoutTheArchiveEitherLeavesIt() throws IOException {
        start();
        List<Path> made = archives();
        assertThat(made).hasSize(1);
        JavaCommand command = new JavaCommand(List.of(), home.jars("idle"), "Missing", List.of());
        assertThatThrownBy(() -> ServerProcess.start(
                        "Idle",
                        command,
                        ClassArchive.of(home, "idle"),
                        TestPlace.folder("idle"),
                        log -> log.contains("ready")))
                .isInstanceOf(SandboxException.class);
        assertThat(archives()).isEqualTo(made);
    }

    @Test
    void twoServersAtOnceLeaveOneArchiveOrTwoSoundOnes() throws IOException {
        Stream.of(1, 2).parallel().forEach(i -> start());
        assertThat(ClassArchive.of(home, "idle").usable()).isPresent();
        try (Stream<Path> files = Files.list(home.target("idle"))) {
            assertThat(files.filter(f -> f.toString().contains("draft"))).isEmpty();
        }
    }

    private void start() {
        startAndLog("-Xlog:disable");
    }

    /** Starts and closes the server; gives what it has printed. */
    private String startAndLog(String flag) {
        JavaCommand command = new JavaCommand(List.of(flag), home.jars("idle"), "Idle", List.of());
        try (ServerProcess server = ServerProcess.start(
                "Idle",
                command,
                ClassArchive.of(home, "idle"),
                TestPlace.folder("idle"),
                log -> log.contains("ready"))) {
            return server.child().logText();
        }
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(home.target("idle"))) {
            return files.filter(f -> f.toString().endsWith(".jsa")).toList();
        }
    }
}
