package io.pipewright.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real Kafka broker (KRaft, one node) in a process of its own on free loopback ports; ready in about 2 s.
 *
 * <p>Topics are not created on first use. What it holds lies below the given folder and outlives {@link #stop()}, not the
 * folder.
 */
public final class KafkaServer implements AutoCloseable {
    private final Ports ports;
    private final ServerProcess server;

    /** Who may log in; the name and password hold neither quotes nor backslashes. */
    public record Login(String user, String password) {}

    private record Ports(FreePorts taken) {
        int plain() {
            return taken.get(0);
        }

        int controller() {
            return taken.get(1);
        }

        int login() {
            return taken.get(2);
        }

        int tls() {
            return taken.get(3);
        }

        int tlsLogin() {
            return taken.get(4);
        }
    }

    private KafkaServer(Ports ports, ServerProcess server) {
        this.ports = ports;
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

    /** As {@link #start(SandboxHome, Path)}; by SASL/PLAIN only this login is taken. */
    public static KafkaServer start(SandboxHome home, Path directory, Login login) {
        return start(home, directory, login, "");
    }

    /** As {@link #start(SandboxHome, Path, Login)}, with {@link #tlsServers()} and {@link #tlsLoginServers()}. */
    public static KafkaServer start(SandboxHome home, Path directory, Login login, ServerCertificate certificate) {
        String keystore = "ssl.keystore.type=PKCS12\nssl.keystore.location=%s\nssl.keystore.password=%s\n";
        return start(home, directory, login, keystore.formatted(certificate.keystore(), certificate.password()));
    }

    private static KafkaServer start(SandboxHome home, Path directory, Login login, String keystore) {
        Path folder = directory.toAbsolutePath();
        Ports ports = new Ports(FreePorts.take(5));
        try {
            configure(folder, ports, login, keystore);
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
                ports,
                ServerProcess.start("Kafka", command, archive, folder, log -> log.contains("Kafka Server started")));
    }

    private static void configure(Path folder, Ports ports, Login login, String keystore) throws IOException {
        String listeners =
                "PLAINTEXT://127.0.0.1:%d,SASL_PLAINTEXT://127.0.0.1:%d".formatted(ports.plain(), ports.login());
        if (!keystore.isEmpty()) {
            listeners += ",SSL://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d".formatted(ports.tls(), ports.tlsLogin());
        }
        Path data = folder.resolve("data");
        Files.createDirectories(data);
        Files.writeString(
                folder.resolve("server.properties"),
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                listeners=CONTROLLER://127.0.0.1:%1$d,%2$s
                advertised.listeners=%2$s
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,\
                SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL
                sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512
                %4$s
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
                                .formatted(ports.controller(), listeners, data, logins(login))
                        + keystore);
        if (!Files.exists(data.resolve("meta.properties"))) {
            // What `kafka-storage format` would write, a second earlier.
            Files.writeString(
                    data.resolve("meta.properties"),
                    "version=1\ncluster.id=%s\nnode.id=1\ndirectory.id=%s\n".formatted(randomId(), randomId()));
        }
    }

    /** Each listener with a login takes each mechanism. */
    private static String logins(Login login) {
        String modules = "org.apache.kafka.common.security.";
        return Stream.of("sasl_plaintext", "sasl_ssl")
                .flatMap(listener -> Stream.of(
                                "plain=" + modules + "plain.PlainLoginModule required user_" + login.user() + "=\""
                                        + login.password() + "\";",
                                "scram-sha-256=" + modules + "scram.ScramLoginModule required;",
                                "scram-sha-512=" + modules + "scram.ScramLoginModule required;")
                        .map(line -> "listener.name." + listener + "." + line.replaceFirst("=", ".sasl.jaas.config=")))
                .collect(Collectors.joining("\n"));
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
        return "127.0.0.1:" + ports.plain();
    }

    /** Where clients begin that log in, without TLS: {@code 127.0.0.1:port}. */
    public String loginServers() {
        return "127.0.0.1:" + ports.login();
    }

    /** Where clients begin that speak TLS and do not log in; nobody listens if it was started without a certificate. */
    public String tlsServers() {
        return "127.0.0.1:" + ports.tls();
    }

    /** Where clients begin that speak TLS and log in; nobody listens if it was started without a certificate. */
    public String tlsLoginServers() {
        return "127.0.0.1:" + ports.tlsLogin();
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
        ports.taken().close();
    }
}
