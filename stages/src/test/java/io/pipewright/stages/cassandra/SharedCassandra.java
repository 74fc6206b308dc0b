package io.pipewright.stages.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.pipewright.sandbox.CassandraServer;
import io.pipewright.sandbox.SandboxHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives test classes one real Cassandra, started for the first that asks. It ends with the JVM: what JUnit closes in the
 * end would be closed after each class, for Surefire runs them one by one. The classes have keyspaces of their own.
 */
final class SharedCassandra implements ParameterResolver {

    /** The keyspace every write to which fails. */
    static final String FAILING = "failing";

    /** Writes to one keyspace fail; and what was acknowledged is on the disk, so that a kill does not lose it. */
    private static final List<String> FLAGS = List.of(
            "-Dcassandra.test.fail_writes_ks=" + FAILING,
            "-Dcassandra.config.allow_system_properties=true",
            "-Dcassandra.settings.commitlog_sync=batch",
            "-Dcassandra.settings.commitlog_sync_period=0ms");

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == CassandraServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Running.SERVER;
    }

    private static final class Running {
        static final CassandraServer SERVER = start();
    }

    private static CassandraServer start() {
        Path root = Path.of(System.getProperty("pipewright.root"));
        try {
            Path target = root.resolve("stages/target/sandboxes");
            Files.createDirectories(target);
            return CassandraServer.start(
                    SandboxHome.ofProject(root), Files.createTempDirectory(target, "cassandra-"), FLAGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void execute(CassandraServer server, String statements) {
        ask(server, session -> {
            for (String statement : statements.split(";\\s*")) {
                session.execute(statement);
            }
            return "";
        });
    }

    static <T> T ask(CassandraServer server, Function<CqlSession, T> question) {
        ContactPoint point = ContactPoint.parse(server.hostAndPort()).orElseThrow();
        CassandraSinkPlan.Cluster cluster = new CassandraSinkPlan.Cluster(List.of(point), CassandraServer.DATA_CENTER);
        try {
            CqlSession session = CassandraSessions.open(cluster, "system", "test", Duration.ofSeconds(30), 1);
            try {
                return question.apply(session);
            } finally {
                CassandraSessions.close(session);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
