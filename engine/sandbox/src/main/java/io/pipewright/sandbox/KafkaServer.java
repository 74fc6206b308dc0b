package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * A real Kafka broker (KRaft, one node) in a process of its own on free loopback ports; ready in about 2 s.
 *
 * <p>Topics are not created on first use. What it holds lies below the given folder and outlives {@link #stop()}, not the
 * folder.
 */
public final class KafkaServer implements AutoCloseable {
    private final int port;
    private final int loginPort;
    private final ServerProcess server;

    /** Who may log in by SASL/PLAIN; the name and password hold neither quotes nor backslashes. */
    public record Login(String user, String password) {}

    private KafkaServer(int port, int loginPort, ServerProcess server) {
        this.port = port;
        this.loginPort = loginPort;
        this.server = server;
    }

    /**
     * Starts a broker and waits until it serves.
     *
     * @param directory for its configuration, log and data; created if absent
     * @throws SandboxException if it does not start; with the end of its log
     */
    public static KafkaServer start(SandboxHome home, Path directory) {
        return start(home, directory, new Login("sandbox", "sandbox"));
    }

    /** As {@link #start(SandboxHome, Path)}; {@link #loginServers()} take this login alone. */
    public static KafkaServer start(SandboxHome home, Path directory, Login login) {
        Path folder = directory.toAbsolutePath();
        List<Integer> ports = FreePorts.take(3);
        try {
            configure(folder, ports, login);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JavaCommand command = new JavaCommand(
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                home.jars("kafka"),
                "kafka.Kafka",
                List.of(folder.resolve("server.properties").toString()));
        ClassArchive archive = ClassArchive.of(home, "kafka");
        return new KafkaServer(
                ports.get(0),
                ports.get(2),
                ServerProcess.start("Kafka", command, archive, folder, log -> log.contains("Kafka Server started")));
    }

    private static void configure(Path folder, List<Integer> ports, Login login) throws IOException {
        Path data = folder.resolve("data");
        Files.createDirectories(data);
        Files.writeString(
                folder.resolve("server.properties"),
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d,SASL_PLAINTEXT://127.0.0.1:%4$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,SASL_PLAINTEXT://127.0.0.1:%4$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT
                sasl.enabled.mechanisms=PLAIN
                listener.name.sasl_plaintext.plain.sasl.jaas.config=%5$s
                log.dirs=%3$s
                num.partitions=2
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                auto.create.topics.enable=false
                log.cleaner.enable=false
                log.cleaner.dedupe.buffer.size=2097152
                num.network.threads=2
                num.io.threads=2
                background.threads=2
                """
                        .formatted(
                                ports.get(0),
                                ports.get(1),
                                data,
                                ports.get(2),
                                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + login.user()
                                        + "=\"" + login.password() + "\";"));
        if (!Files.exists(data.resolve("meta.properties"))) {
            // What `kafka-storage format` would write, a second earlier.
            Files.writeString(
                    data.resolve("meta.properties"),
                    "version=1\ncluster.id=%s\nnode.id=1\ndirectory.id=%s\n".formatted(randomId(), randomId()));
        }
    }

    /** 16 random bytes in base64url; the first is chosen so that no id begins with a dash. */
    private static String randomId() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        bytes[0] = 1;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Where clients begin: {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Where clients begin that log in by SASL/PLAIN, without TLS: {@code 127.0.0.1:port}. */
    public String loginServers() {
        return "127.0.0.1:" + loginPort;
    }

    /** Stops the broker (SIGTERM); topics and offsets stay. */
    public void stop() {
        server.child().terminate(Duration.ofSeconds(20));
    }

    /** Kills the broker (SIGKILL). */
    public void kill() {
        server.child().kill();
    }

    /** Starts a stopped or killed broker again, on the same ports and data. */
    public void startAgain() {
        server.startAgain();
    }

    /** Has the broker hang (SIGSTOP). */
    public void suspend() {
        server.child().suspend();
    }

    /** Ends the hanging (SIGCONT). */
    public void resume() {
        server.child().resume();
    }

    /** The process id of the broker. */
    public long pid() {
        return server.child().pid();
    }

    @Override
    public void close() {
        server.close();
    }
}
