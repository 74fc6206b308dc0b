package io.pipewright.stages.kafka;

import io.pipewright.sandbox.KafkaServer;
import io.pipewright.sandbox.SandboxHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A broker for one test class, below the module's target. */
final class TestKafka {

    private TestKafka() {}

    static final KafkaServer.Login LOGIN = new KafkaServer.Login("alice", "correct horse");

    static KafkaServer start() {
        String given = System.getProperty("pipewright.root");
        Path root = Path.of(given == null ? ".." : given).toAbsolutePath().normalize();
        try {
            Path target = Files.createDirectories(root.resolve("stages/target/sandboxes"));
            return KafkaServer.start(SandboxHome.ofProject(root), Files.createTempDirectory(target, "kafka-"), LOGIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
