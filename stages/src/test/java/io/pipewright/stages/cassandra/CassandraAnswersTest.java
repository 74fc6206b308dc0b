package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.sandbox.CassandraServer;
import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Questions to a real Cassandra. */
@ExtendWith(SharedCassandra.class)
class CassandraAnswersTest {

    private static final String CQL =
            """
            CREATE KEYSPACE IF NOT EXISTS asked WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
            CREATE TABLE IF NOT EXISTS asked.profiles (customer_id text, year int, tier text, points int, visits bigint,
              big varint, price decimal, ratio float, since timestamp, seen bigint, born date, id uuid, host inet,
              photo blob, wait duration, tags set<text>, sizes map<text, int>, active boolean,
              PRIMARY KEY (customer_id, year));
            """;

    private static final RecordType QUESTION =
            RecordType.of("key", Field.of("year", Scalar.LONG), Field.of("customer_id", Scalar.STRING));

    private static CassandraServer server;

    @BeforeAll
    static void fill(CassandraServer shared) {
        server = shared;
        SharedCassandra.execute(
                shared,
                CQL
                        + """
                        INSERT INTO asked.profiles (customer_id, year, tier, points, visits, big, price, ratio, since, seen,
                          born, id, host, photo, wait, tags, sizes, active) VALUES ('c1', 2024, 'GOLD', 7, 8, 9, 1.50, 0.5,
                          '2024-05-01T12:00:00.250Z', 1714564800, '2000-02-29', 6ab09bec-e68e-48d9-a5f8-97e6fb4c9b47,
                          '127.0.0.1', 0x0102, 1m30s, {'b', 'a'}, {'x': 1}, true);
                        INSERT INTO asked.profiles (customer_id, year) VALUES ('c2', 2024);
                        """);
    }

    private static DeclaredField field(String name, String column, DataType type) {
        return new DeclaredField(Field.nullable(name, type), List.of(column), TimestampFormat.SECONDS);
    }

    private static CassandraAnswersPlan plan(DeclaredField... fields) {
        return plan(CQL, fields);
    }

    private static CassandraAnswersPlan plan(String cql, DeclaredField... fields) {
        TestSink connection = new TestSink();
        connection.contactPoint = server.hostAndPort();
        connection.cql = cql;
        TestPlanContext context = connection.context(QUESTION);
        var plan = new CassandraAnswersPlanner(context, Duration.ofSeconds(10), 4)
                .plan(
                        new ConnectionRef("c", "server.connection"),
                        "asked.profiles",
                        new DeclaredRecord("Profile", List.of(fields), UnknownFields.IGNORE),
                        "LOCAL_QUORUM",
                        QUESTION);
        assertThat(context.errors).isEmpty();
        return (CassandraAnswersPlan) plan.orElseThrow();
    }

    private static Answer ask(CassandraAnswersPlan plan, String customer, long year) throws Exception {
        try (AnswerClient client = plan.open("known")) {
            return client.ask(DataRecord.of(year, customer))
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void theRowIsTheRecordWhateverTheTypesOfItsColumns() throws Exception {
        CassandraAnswersPlan plan = plan(
                field("tier", "tier", Scalar.STRING),
                field("points", "points", Scalar.INT),
                field("visits", "visits", Scalar.LONG),
                field("big", "big", Scalar.LONG),
                field("bigger", "big", Scalar.DECIMAL),
                field("price", "price", Scalar.DECIMAL),
                field("ratio", "ratio", Scalar.DOUBLE),
                field("since", "since", Scalar.TIMESTAMP),
                field("seen", "seen", Scalar.TIMESTAMP),
                field("born", "born", Scalar.DATE),
                field("id", "id", Scalar.STRING),
                field("host", "host", Scalar.STRING),
                field("photo", "photo", Scalar.BYTES),
                field("wait", "wait", Scalar.DURATION),
                field("tags", "tags", new ListType(Scalar.STRING)),
                field("sizes", "sizes", new MapType(Scalar.LONG)),
                field("active", "active", Scalar.BOOLEAN),
                field("year", "year", Scalar.LONG));
        assertThat(ask(plan, "c1", 2024))
                .isEqualTo(new Answer.Found(DataRecord.of(
                        "GOLD",
                        7,
                        8L,
                        9L,
                        new BigDecimal("9"),
                        new BigDecimal("1.50"),
                        0.5,
                        Instant.parse("2024-05-01T12:00:00.250Z"),
                        Instant.ofEpochSecond(1714564800),
                        LocalDate.of(2000, 2, 29),
                        "6ab09bec-e68e-48d9-a5f8-97e6fb4c9b47",
                        "127.0.0.1",
                        new byte[] {1, 2},
                        Duration.ofSeconds(90),
                        List.of("a", "b"),
                        Map.of("x", 1L),
                        true,
                        2024L)));
    }

    @Test
    void aKeyWithoutARowIsNothingAndARowCanHoldNulls() throws Exception {
        CassandraAnswersPlan plan = plan(field("tier", "tier", Scalar.STRING));
        assertThat(ask(plan, "c1", 2023)).isEqualTo(new Answer.Nothing());
        assertThat(ask(plan, "c2", 2024)).isEqualTo(new Answer.Found(DataRecord.of((Object) null)));
    }

    @Test
    void aNullThatTheFieldForbidsAndAKeyThatTheColumnCannotHoldAreRefused() throws Exception {
        CassandraAnswersPlan plan =
                plan(new DeclaredField(Field.of("tier", Scalar.STRING), List.of("tier"), TimestampFormat.MILLIS));
        assertThat(ask(plan, "c2", 2024))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("missing-field"));
        assertThat(ask(plan, "c2", 1L << 40))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                        .isEqualTo("overflow"));
    }

    @Test
    void whatTheServerRefusesIsToldAsSuch() throws Exception {
        CassandraAnswersPlan plan = plan(field("tier", "tier", Scalar.STRING));
        assertThat(ask(plan, "", 2024))
                .isEqualTo(new Answer.Refused("refused", "Cassandra refused the question: Key may not be empty."));
    }

    @Test
    void aTableThatIsNotTheDeclaredOneIsToldBeforeAndAtTheStart() {
        CassandraAnswersPlan plan =
                plan(CQL.replace("points int", "points bigint"), field("points", "points", Scalar.LONG));
        assertThat(plan.check("known").stream().map(OutsideProblem::message))
                .singleElement()
                .asString()
                .contains("`int`", "`bigint`");
        assertThatThrownBy(() -> plan.open("known"))
                .isInstanceOf(CassandraUnavailableException.class)
                .hasMessageContaining("`points`");
        assertThat(plan(field("tier", "tier", Scalar.STRING)).check("known")).isEmpty();
    }
}
