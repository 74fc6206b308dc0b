package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.pipewright.sandbox.CassandraServer;
import io.pipewright.sandbox.SandboxHome;
import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.answer.AnswerSource;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
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
            createTiers(right);
            assertThat(tier(server, Secret.mounted(file))).isEqualTo(new Answer.Found(DataRecord.of("GOLD")));
            assertThatThrownBy(() -> tier(server, Secret.of("hunter2"))).hasMessageContaining("refuses the login");
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

    private static final String TIERS =
            """
            CREATE KEYSPACE asked WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
            CREATE TABLE asked.tiers (id text PRIMARY KEY, tier text);
            """;

    private static void createTiers(Cluster cluster) throws InterruptedException {
        try (CqlSession session = open(cluster)) {
            for (String statement : TIERS.split(";\\s*")) {
                session.execute(statement);
            }
            session.execute("INSERT INTO asked.tiers (id, tier) VALUES ('c1', 'GOLD')");
        }
    }

    /** What a lookup is answered over a connection with this password. */
    private static Answer tier(CassandraServer server, Secret password) throws Exception {
        TestSink connection = new TestSink();
        connection.contactPoint = server.hostAndPort();
        connection.username = "cassandra";
        connection.password = password;
        connection.cql = TIERS;
        RecordType question = RecordType.of("key", Field.of("id", Scalar.STRING));
        DeclaredRecord tier = DeclaredRecord.of(RecordType.of("Tier", Field.nullable("tier", Scalar.STRING)));
        AnswerSource source = new CassandraAnswersPlanner(connection.context(question), Duration.ofSeconds(10), 1)
                .plan(new ConnectionRef("c", "server.connection"), "asked.tiers", tier, "LOCAL_QUORUM", question)
                .orElseThrow();
        try (AnswerClient client = source.open("known")) {
            return client.ask(DataRecord.of("c1")).toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
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
