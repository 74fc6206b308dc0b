package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.pipewright.sandbox.CassandraServer;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Retry;
import io.pipewright.stages.cassandra.CassandraSinkOptions.WriteTimestamp;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sink in running Flink jobs against a real Cassandra, which is killed, suspended and made to fail. */
@ExtendWith(SharedCassandra.class)
class CassandraWriterTest {

    private static final String CQL =
            """
            CREATE KEYSPACE good WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
            CREATE KEYSPACE failing WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
            CREATE TABLE good.rows (id text PRIMARY KEY, number int, note text);
            CREATE TABLE failing.rows (id text PRIMARY KEY, number int, note text);
            """;
    private static final RecordType INPUT = RecordType.of(
            "Row",
            Field.of("id", Scalar.STRING),
            Field.of("number", Scalar.LONG),
            Field.nullable("note", Scalar.STRING),
            Field.of("at", Scalar.TIMESTAMP));

    private static CassandraServer server;

    private final TestSink sink = new TestSink();

    @BeforeAll
    static void createTables(CassandraServer shared) {
        server = shared;
        SharedCassandra.execute(shared, CQL);
    }

    @BeforeEach
    void startFromAnEmptyTable() {
        SharedCassandra.execute(server, "TRUNCATE good.rows");
        sink.contactPoint = server.hostAndPort();
        sink.cql = CQL;
        sink.table = "good.rows";
        sink.columns("id", "id", "number", "number", "note", "note");
    }

    private static <T> T read(Function<CqlSession, T> query) {
        return SharedCassandra.ask(server, query);
    }

    private static long rows(String table) {
        return read(session ->
                session.execute("SELECT count(*) FROM " + table).one().getLong(0));
    }

    private static DataRecord row(String id, long number, String note) {
        return new DataRecord(
                new Object[] {id, number, note, Instant.ofEpochMilli(number)}, new Origin("in", 0, number));
    }

    /** Good and refused rows by turns: Cassandra takes no empty partition key. */
    private static List<DataRecord> goodAndRefused(int each) {
        return IntStream.range(0, 2 * each)
                .mapToObj(i -> row(i % 2 == 0 ? "k" + i : "", i, null))
                .toList();
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        environment.enableCheckpointing(100);
        return environment;
    }

    private Streams build(DataStream<DataRecord> stream, int parallelism) {
        return new CassandraSinkBuilder()
                .build(
                        sink.plan(INPUT),
                        Streams.of("from", stream),
                        new TestBuildContext(INPUT, sink.policy, parallelism));
    }

    private static List<DataRecord> failures(Streams built) throws Exception {
        List<DataRecord> failures = new ArrayList<>();
        try (CloseableIterator<DataRecord> iterator = built.get("errors").executeAndCollect()) {
            iterator.forEachRemaining(failures::add);
        }
        return failures;
    }

    private List<DataRecord> write(List<DataRecord> records, int parallelism) throws Exception {
        return failures(build(environment().fromData(records, RecordTypeInfo.of(INPUT)), parallelism));
    }

    /** Writes with something happening to the server when half of the records have passed. */
    private List<DataRecord> writeWith(Runnable happening, List<DataRecord> records) throws Exception {
        HalfwayGate gate = new HalfwayGate(happening.toString(), records.size());
        DataStream<DataRecord> stream = environment()
                .fromData(records, RecordTypeInfo.of(INPUT))
                .map(gate)
                .returns(RecordTypeInfo.of(INPUT))
                .setParallelism(1);
        Streams built = build(stream, 1);
        CompletableFuture<List<DataRecord>> failures = CompletableFuture.supplyAsync(() -> {
            try {
                return failures(built);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        gate.signals().awaitHalfway();
        happening.run();
        gate.signals().goOn().countDown();
        List<DataRecord> found = failures.get(2, TimeUnit.MINUTES);
        assertThat(gate.signals().checkpoints().get()).isPositive();
        return found;
    }

    private static void allWithCode(List<DataRecord> failures, String code, int count) {
        assertThat(failures).hasSize(count);
        assertThat(failures).allSatisfy(failure -> assertThat(failure.get(1)).isEqualTo(code));
        assertThat(failures.stream().map(f -> f.get(8)).distinct()).hasSize(count);
    }

    @Test
    void writesTheGoodAndReportsTheRefusedRows() throws Exception {
        List<DataRecord> failures = write(goodAndRefused(1000), 2);
        allWithCode(failures, "refused", 1000);
        assertThat(failures.get(0).get(2)).isEqualTo("Cassandra refused the row: Key may not be empty.");
        assertThat(failures.get(0).get(4)).asString().contains("\"number\"");
        assertThat(rows("good.rows")).isEqualTo(1000);
    }

    @Test
    void keepsCountWhenTheServerIsKilledAndComesBack() throws Exception {
        Runnable killed = () -> {
            server.kill();
            server.startAgain();
        };
        allWithCode(writeWith(killed, goodAndRefused(1000)), "refused", 1000);
        assertThat(rows("good.rows")).isEqualTo(1000);
    }

    @Test
    void keepsCountWhenTheServerHangsForFiveSeconds() throws Exception {
        sink.timeout = Duration.ofSeconds(1);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Runnable hung = () -> {
            server.suspend();
            timer.schedule(server::resume, 5, TimeUnit.SECONDS);
        };
        try {
            allWithCode(writeWith(hung, goodAndRefused(1000)), "refused", 1000);
        } finally {
            timer.shutdown();
        }
        assertThat(rows("good.rows")).isEqualTo(1000);
    }

    @Test
    void failsTheJobWhenTheServerStaysAwayTooLong() throws Exception {
        sink.timeout = Duration.ofMillis(500);
        sink.retry = new Retry(3, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(2));
        try {
            assertThatThrownBy(() -> writeWith(server::suspend, goodAndRefused(200)))
                    .hasStackTraceContaining("`table` has had no answer from Cassandra at " + server.hostAndPort());
        } finally {
            server.resume();
        }
    }

    @Test
    void givesUpOnEveryWriteThatKeepsFailing() throws Exception {
        sink.table = "failing.rows";
        sink.retry = new Retry(3, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMinutes(1));
        List<DataRecord> records =
                IntStream.range(0, 300).mapToObj(i -> row("k" + i, i, null)).toList();
        List<DataRecord> failures = write(records, 1);
        allWithCode(failures, "gave-up", 300);
        assertThat(failures.get(0).get(2)).asString().startsWith("3 attempts failed, the last one with: ");
        assertThat(rows("failing.rows")).isZero();
    }

    @Test
    void keepsTheOrderOfWritesToOneRowOverAChangeOfParallelism() throws Exception {
        List<DataRecord> records = IntStream.range(0, 4000)
                .mapToObj(i -> row("k" + i % 4, i, null))
                .toList();
        assertThat(write(records, 2)).isEmpty();
        List<Integer> last = read(session -> session.execute("SELECT number FROM good.rows").all().stream()
                .map(r -> r.getInt(0))
                .sorted()
                .toList());
        assertThat(last).containsExactly(3996, 3997, 3998, 3999);
    }

    @Test
    void leavesOrDeletesAColumnForANull() throws Exception {
        List<DataRecord> twice = List.of(row("a", 1, "first"), row("a", 2, null));
        assertThat(write(twice, 1)).isEmpty();
        assertThat(note()).isEqualTo("first");
        sink.nulls = Nulls.WRITE;
        assertThat(write(twice, 1)).isEmpty();
        assertThat(note()).isNull();
    }

    private static String note() {
        return read(session -> session.execute("SELECT note FROM good.rows WHERE id = 'a'")
                .one()
                .getString(0));
    }

    @Test
    void reportsWhatAColumnCannotHold() throws Exception {
        List<DataRecord> failures = write(List.of(row("a", 1L << 40, null), row(null, 1, null)), 1);
        assertThat(failures.stream().map(f -> f.get(1))).containsExactly("overflow", "null-key");
        sink.writeTimestamp = WriteTimestamp.EVENT_TIME;
        assertThat(write(List.of(row("a", 1, null)), 1).get(0).get(1)).isEqualTo("no-event-time");
        assertThat(rows("good.rows")).isZero();
    }

    @Test
    void expiresRowsAfterTheTtl() throws Exception {
        sink.ttl = Duration.ofHours(1);
        assertThat(write(List.of(row("a", 1, "x")), 1)).isEmpty();
        assertThat((Integer) read(session ->
                        session.execute("SELECT ttl(note) FROM good.rows").one().getInt(0)))
                .isBetween(3500, 3600);
    }

    @Test
    void writesOverTheOfficialConnectorToo() throws Exception {
        sink.writer = Writer.CONNECTOR;
        sink.policy = ErrorPolicy.FAIL;
        List<DataRecord> records =
                IntStream.range(0, 2000).mapToObj(i -> row("k" + i, i, null)).toList();
        assertThat(write(records, 2)).isEmpty();
        assertThat(rows("good.rows")).isEqualTo(2000);
    }

    @Test
    void waitsForAServerThatIsNotUpYetWhenTheJobStarts() throws Exception {
        server.kill();
        CompletableFuture<List<DataRecord>> failures = CompletableFuture.supplyAsync(() -> {
            try {
                return write(goodAndRefused(10), 1);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        server.startAgain();
        allWithCode(failures.get(2, TimeUnit.MINUTES), "refused", 10);
        assertThat(rows("good.rows")).isEqualTo(10);
    }

    @Test
    void failsTheJobWithTheNextActionWhenNobodyAnswersAtItsStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            sink.contactPoint = "127.0.0.1:" + taken.getLocalPort();
        }
        sink.retry = new Retry(3, Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(500));
        assertThatThrownBy(() -> write(goodAndRefused(1), 1))
                .hasStackTraceContaining("`table` cannot write: Cassandra at " + sink.contactPoint
                        + " does not answer: the connection was refused. Start it or correct `contactPoints`.");
    }

    @Test
    void failsTheJobWhenTheTableIsNotThere() {
        sink.cql = CQL + "CREATE TABLE good.nothing (id text PRIMARY KEY);";
        sink.table = "good.nothing";
        sink.columns("id", "id");
        assertThatThrownBy(() -> write(goodAndRefused(1), 1))
                .hasStackTraceContaining("`table` cannot write to `good.nothing` in Cassandra at "
                        + server.hostAndPort() + ": table nothing does not exist.");
    }

    @Test
    void keepsTheNewerEventWhenWritingWithEventTime() throws Exception {
        sink.writeTimestamp = WriteTimestamp.EVENT_TIME;
        List<DataRecord> records = List.of(row("a", 2000, "new"), row("a", 1000, "old"), row("", 3000, null));
        DataStream<DataRecord> stream = environment()
                .fromData(records, RecordTypeInfo.of(INPUT))
                .assignTimestampsAndWatermarks(WatermarkStrategy.<DataRecord>noWatermarks()
                        .withTimestampAssigner((record, time) -> ((Instant) record.get(3)).toEpochMilli()));
        List<DataRecord> failures = failures(build(stream, 1));
        assertThat(note()).isEqualTo("new");
        assertThat(failures).singleElement().satisfies(f -> assertThat(f.get(3)).isEqualTo(Instant.ofEpochMilli(3000)));
    }

    @Test
    void dropsOrFailsWhereThePolicySaysSo() throws Exception {
        sink.policy = ErrorPolicy.DROP;
        assertThat(write(goodAndRefused(10), 1)).isEmpty();
        assertThat(rows("good.rows")).isEqualTo(10);
        sink.policy = ErrorPolicy.FAIL;
        assertThatThrownBy(() -> write(goodAndRefused(10), 1))
                .hasStackTraceContaining("its `onError` is `fail`: Cassandra refused the row: Key may not be empty.");
        sink.writer = Writer.CONNECTOR;
        assertThatThrownBy(() -> write(goodAndRefused(10), 1)).hasStackTraceContaining("Key may not be empty");
    }
}
