package io.pipewright.sandbox;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A real Cassandra 5 (one node, data center {@code datacenter1}) in a process of its own on free loopback ports; ready in
 * about 5 s with its archive of classes, 7 s without.
 *
 * <p>Data lie below the given folder: they outlive {@link #stop()} and {@link #kill()}.
 */
public final class CassandraServer implements AutoCloseable {
    /** The name of the data center, which drivers must be told. */
    public static final String DATA_CENTER = "datacenter1";

    private static final List<String> EXPORTS = List.of(
            "java.base/jdk.internal.misc",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql");
    private static final List<String> OPENS = List.of(
            "java.base/java.lang.module",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.util.jar",
            "java.base/sun.nio.ch",
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.nio",
            "jdk.management/com.sun.management.internal",
            "java.rmi/sun.rmi.transport.tcp");
    private static final List<String> JVM = List.of(
            "-Djdk.attach.allowAttachSelf=true",
            "-Djava.net.preferIPv4Stack=true",
            "-Dio.netty.tryReflectionSetAccessible=true",
            "-Xms64m",
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:MaxDirectMemorySize=128m",
            "-Dcassandra-foreground=yes",
            "-Dcassandra.ring_delay_ms=0",
            "-Dcassandra.skip_wait_for_gossip_to_settle=0");

    private final FreePorts ports;
    private final int port;
    private final ServerProcess server;

    private CassandraServer(FreePorts ports, ServerProcess server) {
        this.ports = ports;
        this.port = ports.get(0);
        this.server = server;
    }

    /**
     * Starts a server and waits until it answers on its CQL port.
     *
     * @param directory for its configuration, log and data; created if absent
     * @throws SandboxException if it does not start; with the end of its log
     */
    public static CassandraServer start(SandboxHome home, Path directory) {
        return start(home, directory, List.of());
    }

    /**
     * Starts a server on which every write to one keyspace fails with a write failure, reads and other keyspaces not.
     */
    public static CassandraServer startFailingWrites(SandboxHome home, Path directory, String keyspace) {
        return start(home, directory, List.of("-Dcassandra.test.fail_writes_ks=" + keyspace));
    }

    /** Starts a server with more JVM flags, for instance {@code -Dcassandra.…} properties. */
    public static CassandraServer start(SandboxHome home, Path directory, List<String> moreFlags) {
        return start(home, directory, moreFlags, "", CassandraServer::answers);
    }

    /** Starts a server to which drivers speak TLS, and nothing else. */
    public static CassandraServer start(SandboxHome home, Path directory, ServerCertificate certificate) {
        String encryption = "client_encryption_options: {enabled: true, optional: false, store_type: PKCS12, "
                + "keystore: \"%s\", keystore_password: \"%s\"}\n";
        return start(
                home,
                directory,
                List.of(),
                encryption.formatted(certificate.keystore(), certificate.password()),
                CassandraServer::accepts);
    }

    private static CassandraServer start(
            SandboxHome home, Path directory, List<String> moreFlags, String moreSettings, IntPredicate ready) {
        Path folder = directory.toAbsolutePath();
        FreePorts ports = FreePorts.take(2);
        int cqlPort = ports.get(0);
        try {
            configure(folder, cqlPort, ports.get(1), moreSettings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        JavaCommand command = new JavaCommand(
                flags(folder, moreFlags),
                home.jars("cassandra"),
                "org.apache.cassandra.service.CassandraDaemon",
                List.of());
        return new CassandraServer(
                ports,
                ServerProcess.start(
                        "Cassandra",
                        command,
                        ClassArchive.of(home, "cassandra"),
                        folder,
                        log -> log.contains("Starting listening for CQL clients") && ready.test(cqlPort)));
    }

    private static List<String> flags(Path folder, List<String> more) {
        List<String> flags = new ArrayList<>(JVM);
        EXPORTS.forEach(e -> flags.add("--add-exports=" + e + "=ALL-UNNAMED"));
        OPENS.forEach(o -> flags.add("--add-opens=" + o + "=ALL-UNNAMED"));
        flags.add("-Dcassandra.config=" + folder.resolve("conf/cassandra.yaml").toUri());
        flags.add("-Dlogback.configurationFile=" + folder.resolve("conf/logback.xml"));
        flags.add("-Dcassandra.storagedir=" + folder.resolve("data"));
        flags.add("-Dcassandra.triggers_dir=" + folder.resolve("triggers"));
        flags.add("-Dcassandra.logdir=" + folder.resolve("logs"));
        flags.addAll(more);
        return flags;
    }

    private static void configure(Path folder, int cqlPort, int storagePort, String moreSettings) throws IOException {
        for (String sub : List.of("conf", "data", "triggers", "logs")) {
            Files.createDirectories(folder.resolve(sub));
        }
        Files.writeString(
                folder.resolve("conf/cassandra.yaml"),
                resource("cassandra.yaml")
                                .replace("@DATA@", folder.resolve("data").toString())
                                .replace("@STORAGE_PORT@", Integer.toString(storagePort))
                                .replace("@CQL_PORT@", Integer.toString(cqlPort))
                        + moreSettings);
        Files.writeString(folder.resolve("conf/logback.xml"), resource("cassandra-logback.xml"));
    }

    static String resource(String name) throws IOException {
        try (InputStream in = CassandraServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing from the sandbox's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Whether the port is open: a server that speaks TLS alone answers nothing else. */
    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks with the native protocol's OPTIONS request, which needs no login; true when SUPPORTED comes back. */
    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 500);
            socket.setSoTimeout(2000);
            socket.getOutputStream().write(new byte[] {4, 0, 0, 0, 5, 0, 0, 0, 0});
            byte[] header = new byte[9];
            new DataInputStream(socket.getInputStream()).readFully(header);
            return header[4] == 6;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where drivers connect. */
    public InetSocketAddress contactPoint() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** The same as text: {@code 127.0.0.1:port}. */
    public String hostAndPort() {
        return "127.0.0.1:" + port;
    }

    /** Stops the server (SIGTERM; takes 4 to 5 s, more where it writes its archive of classes); its data stay. */
    public void stop() {
        server.stop(Duration.ofSeconds(30));
    }

    /** Kills the server (SIGKILL). What was written within the last seconds is kept by the system's page cache. */
    public void kill() {
        server.child().kill();
    }

    /** Starts a stopped or killed server again, on the same ports and data. */
    public void startAgain() {
        server.startAgain();
    }

    /** Has the server hang (SIGSTOP). */
    public void suspend() {
        server.child().suspend();
    }

    /** Ends the hanging (SIGCONT). */
    public void resume() {
        server.child().resume();
    }

    /** The process id of the server. */
    public long pid() {
        return server.child().pid();
    }

    @Override
    public void close() {
        server.close();
        ports.close();
    }
}
