package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.CassandraServer;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Consistency;
import io.pipewright.stages.harness.ClosedPort;
import io.pipewright.stages.tls.StoreType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedCassandra.class)
class CassandraTableCheckTest {

    private static final RecordType INPUT =
            RecordType.of("In", Field.of("channel", Scalar.STRING), Field.of("at", Scalar.TIMESTAMP));
    private static CassandraServer server;

    private final TestSink sink = new TestSink();

    @BeforeAll
    static void createTables(CassandraServer shared) {
        server = shared;
        SharedCassandra.execute(
                shared,
                """
                CREATE KEYSPACE checked WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
                CREATE TYPE checked.place (street text);
                CREATE TABLE checked.calls (channel varchar, at timestamp, note text static, tags frozen<set<text>>,
                  home frozen<place>, pair tuple<int, text>, vec vector<float, 2>, PRIMARY KEY ((channel), at));
                """);
    }

    @BeforeEach
    void writeToTheTable() {
        sink.contactPoint = server.hostAndPort();
        sink.columns("channel", "channel", "at", "at");
    }

    private List<OutsideProblem> check(String table, String declaration) {
        sink.table = table;
        sink.cql = "CREATE TABLE " + table + " (" + declaration + ");";
        return new CassandraTableCheck().check(sink.plan(INPUT));
    }

    private static final String AS_IT_IS =
            "channel text, at timestamp, note text static, tags set<text>, home frozen<place>, pair tuple<int, text>,"
                    + " vec vector<float, 2>, PRIMARY KEY (channel, at)";

    @Test
    void findsNothingWhereTableAndDeclarationAgree() {
        assertThat(check("checked.calls", AS_IT_IS)).isEmpty();
    }

    @Test
    void tellsAServerThatDoesNotSpeakTls() {
        sink.tls = new CassandraTls(null, StoreType.PKCS12, null, true);
        assertThat(check("checked.calls", AS_IT_IS))
                .containsExactly(new OutsideProblem(
                        "TLS is not what Cassandra at " + server.hostAndPort() + " speaks.",
                        "Write the port that speaks TLS, or connect without it."));
    }

    @Test
    void tellsAMissingKeyspaceOrTable() {
        String declaration = "channel text, at timestamp, PRIMARY KEY (channel, at)";
        assertThat(check("nowhere.calls", declaration))
                .containsExactly(new OutsideProblem(
                        "Keyspace `nowhere` does not exist in Cassandra at " + server.hostAndPort() + ".",
                        "create it: run the schema file with cqlsh."));
        assertThat(check("checked.nothing", declaration))
                .containsExactly(new OutsideProblem(
                        "Table `checked.nothing` does not exist in Cassandra at " + server.hostAndPort() + ".",
                        "create it: run the schema file with cqlsh."));
    }

    @Test
    void tellsEveryDifferenceOfColumnsTypesAndKey() {
        assertThat(check(
                        "checked.calls",
                        "channel text, at timestamp, note int, extra int, PRIMARY KEY ((channel, at))"))
                .extracting(OutsideProblem::message)
                .satisfiesExactly(
                        m -> assertThat(m).contains("Column `note` of", "is `text` in", "and `int` in the schema"),
                        m -> assertThat(m).contains("Column `note` of", "is `static` in", "`not static`"),
                        m -> assertThat(m).contains("has no column `extra`"),
                        m -> assertThat(m).contains("The primary key", "`((channel), at)`", "`((channel, at))`"));
    }

    @Test
    void tellsAConsistencyThatTheReplicasCannotGive() {
        sink.consistency = Consistency.TWO;
        assertThat(check("checked.calls", AS_IT_IS)).singleElement().satisfies(p -> assertThat(p.message())
                .contains("has 1 replicas", "needs 2"));
    }

    @Test
    void namesTheRightDatacenter() {
        sink.datacenter = "dc1";
        assertThat(check("checked.calls", AS_IT_IS))
                .containsExactly(new OutsideProblem(
                        "Cassandra at " + server.hostAndPort() + " has no datacenter `dc1`.",
                        "Set `localDatacenter` to `datacenter1`."));
    }

    @Test
    void saysWhatToDoWhenNobodyAnswers() throws IOException {
        try (ClosedPort nobody = new ClosedPort()) {
            sink.contactPoint = "127.0.0.1:" + nobody.number();
            assertThat(check("checked.calls", AS_IT_IS)).singleElement().satisfies(problem -> {
                assertThat(problem.message())
                        .isEqualTo(
                                "Cassandra at " + sink.contactPoint + " does not answer: the connection was refused.");
                assertThat(problem.hint()).isEqualTo("start it or correct `contactPoints`.");
            });
        }
        sink.contactPoint = "no-such-host.invalid:9042";
        assertThat(check("checked.calls", AS_IT_IS)).singleElement().satisfies(p -> assertThat(p.message())
                .contains("the host name is unknown"));
    }
}
