package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.pipewright.sandbox.CassandraServer;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of the writer share: a running Cassandra with two tables, and Flink jobs that write to it. */
@ExtendWith(SharedCassandra.class)
abstract class WriterJobs {

    static final String CQL =
            """
            CREATE KEYSPACE IF NOT EXISTS good WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
            CREATE KEYSPACE IF NOT EXISTS failing WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
            CREATE TABLE IF NOT EXISTS good.rows (id text PRIMARY KEY, number int, note text);
            CREATE TABLE IF NOT EXISTS failing.rows (id text PRIMARY KEY, number int, note text);
            """;
    static final RecordType INPUT = RecordType.of(
            "Row",
            Field.of("id", Scalar.STRING),
            Field.of("number", Scalar.LONG),
            Field.nullable("note", Scalar.STRING),
            Field.of("at", Scalar.TIMESTAMP));

    static CassandraServer server;

    final TestSink sink = new TestSink();

    /** The type of what is written. */
    RecordType input = INPUT;

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

    static <T> T read(Function<CqlSession, T> query) {
        return SharedCassandra.ask(server, query);
    }

    static long rows(String table) {
        return read(session ->
                session.execute("SELECT count(*) FROM " + table).one().getLong(0));
    }

    static DataRecord row(String id, long number, String note) {
        return new DataRecord(
                new Object[] {id, number, note, Instant.ofEpochMilli(number)}, new Origin("in", 0, number));
    }

    /** Good and refused rows by turns: Cassandra takes no empty partition key. */
    static List<DataRecord> goodAndRefused(int each) {
        return IntStream.range(0, 2 * each)
                .mapToObj(i -> row(i % 2 == 0 ? "k" + i : "", i, null))
                .toList();
    }

    static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
        environment.enableCheckpointing(100);
        return environment;
    }

    Streams build(DataStream<DataRecord> stream, int parallelism) {
        return new CassandraSinkBuilder()
                .build(
                        sink.plan(input),
                        Streams.of("from", stream),
                        new TestBuildContext(input, sink.policy, parallelism));
    }

    static List<DataRecord> failures(Streams built) throws Exception {
        List<DataRecord> failures = new ArrayList<>();
        try (CloseableIterator<DataRecord> iterator = built.get("errors").executeAndCollect()) {
            iterator.forEachRemaining(failures::add);
        }
        return failures;
    }

    List<DataRecord> write(List<DataRecord> records, int parallelism) throws Exception {
        return failures(build(environment().fromData(records, RecordTypeInfo.of(input)), parallelism));
    }

    static void allWithCode(List<DataRecord> failures, String code, int count) {
        assertThat(failures).hasSize(count);
        assertThat(failures).allSatisfy(failure -> assertThat(failure.get(1)).isEqualTo(code));
        assertThat(failures.stream().map(f -> f.get(8)).distinct()).hasSize(count);
    }
}
