package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cassandra.CassandraSinkOptions.WriteTimestamp;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CassandraSinkTypeTest {

    private static final String CQL =
            """
            CREATE KEYSPACE cxone WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
            CREATE TABLE cxone.volumes (channel text, window_start timestamp, window_end timestamp, volume bigint,
              PRIMARY KEY ((channel), window_start));
            CREATE TABLE cxone.hits (page text PRIMARY KEY, hits counter);
            CREATE TABLE cxone.limits (channel text, hour int, note text static, PRIMARY KEY (channel, hour));
            CREATE TABLE cxone.odd (id uuid PRIMARY KEY, f float, data blob);
            """;
    private static final RecordType VOLUME = RecordType.of(
            "Volume",
            Field.of("channel", Scalar.STRING),
            Field.of("windowStart", Scalar.TIMESTAMP),
            Field.of("windowEnd", Scalar.TIMESTAMP),
            Field.of("volume", Scalar.LONG),
            Field.nullable("maybe", Scalar.STRING),
            Field.of("share", Scalar.DOUBLE));

    private final TestSink sink = new TestSink();

    @BeforeEach
    void startFromARightSink() {
        sink.cql = CQL;
        sink.table = "cxone.volumes";
        sink.columns(
                "channel", "channel", "window_start", "windowStart", "window_end", "windowEnd", "volume", "volume");
    }

    private List<String> errors() {
        TestPlanContext context = sink.context(VOLUME);
        boolean empty = new CassandraSinkType().plan(sink.options(), context).isEmpty();
        assertThat(empty).isEqualTo(!context.errors.isEmpty());
        return context.errors;
    }

    private List<String> warnings() {
        TestPlanContext context = sink.context(VOLUME);
        assertThat(new CassandraSinkType().plan(sink.options(), context)).isPresent();
        return context.warnings;
    }

    @Test
    void plansTheVolumesTableWithoutAWarning() {
        assertThat(warnings()).isEmpty();
        CassandraSinkPlan plan = sink.plan(VOLUME);
        assertThat(plan.insert())
                .isEqualTo(
                        "INSERT INTO \"cxone\".\"volumes\" (\"channel\", \"window_start\", \"window_end\", \"volume\")"
                                + " VALUES (?, ?, ?, ?)");
        assertThat(plan.fieldsRead(Map.of()))
                .isEqualTo(Map.of("from", Set.of("channel", "windowStart", "windowEnd", "volume")));
    }

    @Test
    void findsTheTablesOfTheFirstPipelineInItsSchemaFile() throws IOException {
        Path root = Path.of(System.getProperty("pipewright.root"));
        sink.cql = Files.readString(root.resolve("pipelines/cxone.cql"));
        sink.table = "cxone_analytics.interaction_volumes";
        assertThat(warnings()).isEmpty();
        assertThat(CqlSchemaReader.read(sink.cql).table("cxone_analytics", "pattern_alerts"))
                .hasValueSatisfying(
                        table -> assertThat(table.primaryKeyText()).isEqualTo("((customer_id), channel, timestamp)"));
    }

    @Test
    void writesEveryFieldToTheColumnOfItsNameIfThereAreNoColumns() {
        sink.columns = null;
        RecordType input =
                RecordType.of("V", Field.of("channel", Scalar.STRING), Field.of("window_start", Scalar.TIMESTAMP));
        sink.ttl = Duration.ofDays(1);
        CassandraSinkPlan plan = sink.plan(input);
        assertThat(plan.insert()).endsWith("(\"channel\", \"window_start\") VALUES (?, ?) USING TTL 86400");
        assertThat(plan.fieldsRead(Map.of())).isEqualTo(Map.of("from", Set.of("channel", "window_start")));
    }

    @Test
    void namesTheNearestKeyspaceTableAndColumn() {
        sink.table = "cxome.volumes";
        assertThat(errors())
                .containsExactly("table: unknown-keyspace: `test.cql` declares no keyspace `cxome`."
                        + " (did you mean `cxone`?)");
        sink.table = "cxone.volume";
        assertThat(errors())
                .containsExactly("table: unknown-table: `test.cql` declares no table `cxone.volume`."
                        + " (did you mean `cxone.volumes`?)");
        sink.table = "volumes";
        assertThat(errors()).singleElement().asString().startsWith("table: malformed-table");
        sink.table = "cxone.volumes";
        sink.columns("chanel", "channel", "window_start", "windowStart");
        assertThat(errors())
                .containsExactly("columns.chanel:: unknown-column: Table `cxone.volumes` has no column `chanel`."
                        + " (did you mean `channel`?)");
    }

    @Test
    void wantsTheWholePrimaryKey() {
        sink.columns("channel", "channel", "volume", "volume");
        assertThat(errors())
                .containsExactly("columns: missing-key-column: The primary key of `cxone.volumes` is not covered:"
                        + " `window_start` is missing. (add it; the primary key is ((channel), window_start).)");
    }

    @Test
    void wantsOnlyThePartitionKeyForStaticColumns() {
        sink.table = "cxone.limits";
        sink.columns("channel", "channel", "note", "channel");
        assertThat(errors()).isEmpty();
        sink.columns("channel", "channel");
        assertThat(errors()).singleElement().asString().contains("missing-key-column");
    }

    @Test
    void tellsTypesThatDoNotFit() {
        sink.columns("channel", "volume", "window_start", "windowStart", "volume", "channel");
        assertThat(errors())
                .containsExactly(
                        "columns.channel: type-mismatch: Column `channel` is `text`, and `volume` is a `long`."
                                + " (a `long` fits columns of type bigint, int, smallint, tinyint, varint, decimal, double.)",
                        "columns.volume: type-mismatch: Column `volume` is `bigint`, and `channel` is a `string`."
                                + " (a `string` fits columns of type text, ascii, uuid, timeuuid, inet.)");
    }

    @Test
    void warnsOfWhatMayFailAtRunTime() {
        sink.columns("channel", "maybe", "window_start", "windowStart");
        assertThat(warnings()).singleElement().asString().startsWith("columns.channel: nullable-key");
        sink.table = "cxone.odd";
        sink.columns("id", "channel", "f", "share");
        assertThat(warnings()).singleElement().asString().startsWith("columns.f: lossy-column");
    }

    @Test
    void refusesCounters() {
        sink.table = "cxone.hits";
        assertThat(errors()).singleElement().asString().startsWith("table: counter-table");
    }

    @Test
    void refusesTheConnectorWithDeadLettersAndWithWhatItCannotDo() {
        sink.writer = Writer.CONNECTOR;
        assertThat(errors())
                .containsExactly("writer: no-errors-port: `writer: connector` has no `.errors` port and cannot tell"
                        + " which rows were refused. (set `onError: fail` here, or use `writer: async`.)");
        sink.policy = ErrorPolicy.FAIL;
        assertThat(errors()).isEmpty();
        sink.writeTimestamp = WriteTimestamp.EVENT_TIME;
        sink.table = "cxone.odd";
        sink.columns("id", "channel");
        assertThat(errors())
                .extracting(error -> error.substring(0, error.indexOf(':')))
                .containsExactly("writeTimestamp", "columns.id");
    }

    /** What `latest` sends, with a key that fits the table of limits. */
    private static final RecordType CHANGES = RecordType.of(
            "Limit",
            Field.of("channel", Scalar.STRING),
            Field.of("hour", Scalar.LONG),
            Field.nullable("note", Scalar.STRING),
            Field.of("op", Scalar.STRING));

    private List<String> errorsOfChanges(RecordType input) {
        sink.changes = true;
        TestPlanContext context = sink.context(input);
        new CassandraSinkType().plan(sink.options(), context);
        return context.errors;
    }

    @Test
    void deletesByThePrimaryKeyAndWritesAllOfARowThatReplacesAnother() {
        sink.cql = CQL + "CREATE TABLE cxone.notes (note text, channel text, hour int, PRIMARY KEY (channel, hour));";
        sink.table = "cxone.notes";
        sink.columns = null;
        sink.changes = true;
        CassandraSinkPlan plan = sink.plan(CHANGES);
        assertThat(plan.insert()).endsWith("(\"channel\", \"hour\", \"note\") VALUES (?, ?, ?)");
        assertThat(plan.delete()).isEqualTo("DELETE FROM \"cxone\".\"notes\" WHERE \"channel\" = ? AND \"hour\" = ?");
        assertThat(plan.fieldsRead(Map.of())).isEqualTo(Map.of("from", Set.of("channel", "hour", "note", "op")));
        assertThat(plan.nulls()).isEqualTo(CassandraSinkOptions.Nulls.WRITE);
        sink.nulls = CassandraSinkOptions.Nulls.UNSET;
        assertThat(sink.plan(CHANGES).nulls()).isEqualTo(CassandraSinkOptions.Nulls.UNSET);
    }

    @Test
    void refusesWhatWouldDeleteAnotherRowThanTheOneThatWasWritten() {
        sink.table = "cxone.limits";
        sink.columns("channel", "op", "hour", "hour", "note", "note");
        assertThat(errorsOfChanges(CHANGES))
                .containsExactly(
                        "columns.channel: not-with-changes: With `op` in its primary key, a deletion names another row"
                                + " than the one that was written. (leave `op` out of the primary key.)",
                        "columns.note: not-with-changes: Column `note` is static: it belongs to all rows of a partition,"
                                + " and deleting a row leaves it. (write it with a sink of its own, from rows that"
                                + " replace nothing.)");
        sink.columns("channel", "channel", "note", "note");
        assertThat(errorsOfChanges(CHANGES))
                .anySatisfy(error -> assertThat(error).contains("missing-key-column"));
        sink.table = "cxone.hits";
        assertThat(errorsOfChanges(CHANGES)).singleElement().asString().startsWith("table: counter-table");
    }

    @Test
    void refusesChangesWithoutAnOrderOrAWriterThatDeletes() {
        sink.table = "cxone.limits";
        sink.columns("channel", "channel", "hour", "hour");
        sink.writeTimestamp = WriteTimestamp.EVENT_TIME;
        assertThat(errorsOfChanges(CHANGES))
                .containsExactly(
                        "writeTimestamp: not-with-changes: One event may delete a row and write it again, and of"
                                + " two changes with one timestamp Cassandra keeps the deletion. (use `writeTimestamp: now`; the"
                                + " rows come in the order of their events.)");
        sink.writeTimestamp = WriteTimestamp.NOW;
        sink.policy = ErrorPolicy.FAIL;
        sink.writer = Writer.CONNECTOR;
        assertThat(errorsOfChanges(CHANGES))
                .containsExactly(
                        "writer: not-with-connector: `writer: connector` deletes no rows. (use `writer: async`.)");
        sink.writer = Writer.ASYNC;
        RecordType numbered = RecordType.of(
                "Limit",
                Field.of("channel", Scalar.STRING),
                Field.of("hour", Scalar.LONG),
                Field.of("op", Scalar.LONG));
        assertThat(errorsOfChanges(numbered))
                .containsExactly(": not-with-changes: `op` is a `long`, and it must say `upsert` or `delete`."
                        + " (keep `op` as it comes.)");
    }

    @Test
    void checksRanges() {
        sink.ttl = Duration.ofMillis(1500);
        sink.retry =
                new CassandraSinkOptions.Retry(1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(1));
        assertThat(errors())
                .extracting(error -> error.substring(0, error.indexOf(':')))
                .containsExactly("ttl", "retry.maxBackoff");
    }

    @Test
    void reportsWhatOfTheSchemaCannotBeReadAtTheConnection() {
        sink.cql = "CREATE TABLE cxone.volumes (a int);";
        sink.contactPoint = "localhost";
        TestPlanContext context = sink.context(VOLUME);
        CassandraConnectionProblems problems = new CassandraConnectionProblems(context);
        new CassandraConnectionType().check(sink.connection(), problems);
        assertThat(context.errors)
                .containsExactly(
                        "contactPoints[0]: malformed-address: `localhost` is not `host:port`. (write the host, a colon"
                                + " and the native-protocol port, for example `localhost:9042`.)",
                        "schema: malformed-cql: `test.cql` line 1: table `volumes` has no primary key."
                                + " (add PRIMARY KEY (…).)");
    }

    /** Hands a connection's problems to the context. */
    private record CassandraConnectionProblems(TestPlanContext context)
            implements io.pipewright.spi.stage.ConnectionType.Problems {
        @Override
        public void error(String code, String optionPath, String message, String hint) {
            context.error(code, optionPath, message, hint);
        }

        @Override
        public void warning(String code, String optionPath, String message, String hint) {
            context.warning(code, optionPath, message, hint);
        }
    }
}
