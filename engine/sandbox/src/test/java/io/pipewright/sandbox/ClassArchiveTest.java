package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClassArchiveTest {
    private SandboxHome home;

    /** A home for each test: what one leaves in it, such as two archives, is not there for another. */
    @BeforeEach
    void linkTheJars() throws IOException {
        home = new SandboxHome(TestPlace.folder("archive-home"));
        Path target = Files.createDirectories(home.target("kafka"));
        Files.createSymbolicLink(
                target.resolve("lib"), TestPlace.home().target("kafka").resolve("lib"));
    }

    @Test
    void theFirstServerLeavesAnArchiveAndADamagedOneIsMadeAgain() throws IOException {
        start();
        List<Path> made = archives();
        assertThat(made).hasSize(1);
        start();
        assertThat(archives()).isEqualTo(made);

        Path archive = made.get(0);
        byte[] bytes = Files.readAllBytes(archive);
        archive.toFile().setWritable(true);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 3));
        start();
        assertThat(archives()).hasSize(1);
        assertThat(Files.size(archives().get(0))).isGreaterThan(bytes.length / 2);
    }

    @Test
    void twoServersAtOnceLeaveOneArchiveOrTwoSoundOnes() throws IOException {
        Stream.of(1, 2).parallel().forEach(i -> start());
        assertThat(ClassArchive.of(home, "kafka").usable()).isPresent();
        try (Stream<Path> files = Files.list(home.target("kafka"))) {
            assertThat(files.filter(f -> f.toString().contains("draft"))).isEmpty();
        }
    }

    private void start() {
        try (KafkaServer kafka = KafkaServer.start(home, TestPlace.folder("kafka"));
                SandboxTopics topics = new SandboxTopics(kafka.bootstrapServers())) {
            topics.create("t", 1);
        }
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(home.target("kafka"))) {
            return files.filter(f -> f.toString().endsWith(".jsa")).toList();
        }
    }
}
