package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.pipewright.sandbox.CassandraServer;
import io.pipewright.sandbox.SandboxHome;
import io.pipewright.spi.option.Secret;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Cluster;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in to a real Cassandra, with a password that is mounted as a file. */
class CassandraLoginTest {

    private static final List<String> FLAGS = List.of(
            "-Dcassandra.config.allow_system_properties=true",
            "-Dcassandra.settings.authenticator=PasswordAuthenticator",
            "-Dcassandra.superuser_setup_delay_ms=0");

    @TempDir
    Path folder;

    @Test
    void aSessionLogsInWithTheMountedPasswordAndARefusalIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("cassandra-password"), "cassandra\n");
        try (CassandraServer server = start()) {
            Cluster right = cluster(server, Secret.mounted(file));
            assertThat(release(right)).isNotEmpty();
            Cluster wrong = cluster(server, Secret.of("hunter2"));
            assertThatThrownBy(() -> open(wrong))
                    .isInstanceOf(CassandraUnavailableException.class)
                    .hasMessage("Cassandra at " + server.hostAndPort()
                            + " refuses the login. Correct `username` and `password` of the connection.");
            Cluster nobody = new Cluster(right.contactPoints(), right.localDatacenter());
            assertThatThrownBy(() -> open(nobody)).hasMessageContaining("refuses the login");
        }
    }

    /** The first user is made soon after the server answers, so this asks until it is there. */
    private static String release(Cluster cluster) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (CqlSession session = open(cluster)) {
                return session.execute("SELECT release_version FROM system.local")
                        .one()
                        .getString(0);
            } catch (CassandraUnavailableException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
            }
        }
    }

    private static CqlSession open(Cluster cluster) throws InterruptedException {
        return CassandraSessions.open(cluster, "system", "login-test", Duration.ofSeconds(10), 1);
    }

    private static Cluster cluster(CassandraServer server, Secret password) {
        ContactPoint point = ContactPoint.parse(server.hostAndPort()).orElseThrow();
        return new Cluster(List.of(point), CassandraServer.DATA_CENTER, new Login("cassandra", password), null);
    }

    private static CassandraServer start() throws IOException {
        Path root = Path.of(System.getProperty("pipewright.root"));
        Path target = Files.createDirectories(root.resolve("stages/target/sandboxes"));
        return CassandraServer.start(SandboxHome.ofProject(root), Files.createTempDirectory(target, "login-"), FLAGS);
    }
}
