package io.pipewright.stages.kafka;

import io.pipewright.sandbox.KafkaServer;
import io.pipewright.sandbox.SandboxHome;
import io.pipewright.sandbox.ServerCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A broker for one test class, below the module's target. */
final class TestKafka {

    private TestKafka() {}

    static final KafkaServer.Login LOGIN = new KafkaServer.Login("alice", "correct horse");

    static KafkaServer start() {
        return KafkaServer.start(home(), folder("kafka-"), LOGIN);
    }

    /** One that speaks TLS too. */
    static KafkaServer start(ServerCertificate certificate) {
        return KafkaServer.start(home(), folder("kafka-"), LOGIN, certificate);
    }

    /** A pipeline that copies what is in a topic now to another, over a connection with this {@code security}. */
    static String copying(String from, String to, String servers, String security) {
        return """
                apiVersion: pipeline/v1
                name: secured
                connections:
                  main: {type: kafka, bootstrapServers: ["%3$s"], security: %4$s}
                records:
                  Event: {fields: {name: string, at: {type: timestamp, format: millis}}}
                sources:
                  events:
                    type: kafka
                    connection: main
                    topics: [%1$s]
                    group: tests
                    startFrom: {at: earliest}
                    until: {at: latest}
                    format: {type: json, record: Event}
                sinks:
                  out: {type: kafka, from: events, connection: main, topic: %2$s, format: {type: json}}
                runtime: {checkpoint: {every: 500ms}}
                """
                .formatted(from, to, servers, security);
    }

    /** A new folder whose name begins so. */
    static Path folder(String prefix) {
        try {
            Path target = Files.createDirectories(root().resolve("stages/target/sandboxes"));
            return Files.createTempDirectory(target, prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SandboxHome home() {
        return SandboxHome.ofProject(root());
    }

    private static Path root() {
        String given = System.getProperty("pipewright.root");
        return Path.of(given == null ? ".." : given).toAbsolutePath().normalize();
    }
}
