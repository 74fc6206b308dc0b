package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Retry;
import io.pipewright.stages.cassandra.CassandraSinkOptions.WriteTimestamp;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.Test;

/** The rows and the failures of running jobs that write to a real Cassandra. */
class CassandraWriterTest extends WriterJobs {

    @Test
    void writesTheGoodAndReportsTheRefusedRows() throws Exception {
        List<DataRecord> failures = write(goodAndRefused(1000), 2);
        allWithCode(failures, "refused", 1000);
        assertThat(failures.get(0).get(2)).isEqualTo("Cassandra refused the row: Key may not be empty.");
        assertThat(failures.get(0).get(4)).asString().contains("\"number\"");
        assertThat(rows("good.rows")).isEqualTo(1000);
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
