package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.PipelineRun;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Nulls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that replace and delete earlier ones, in the tables of a real Cassandra. */
class CassandraChangesTest extends WriterJobs {

    private static final RecordType CHANGES = RecordType.of(
            "Change",
            Field.nullable("id", Scalar.STRING),
            Field.of("number", Scalar.LONG),
            Field.nullable("note", Scalar.STRING),
            Field.nullable("op", Scalar.STRING));

    @BeforeEach
    void writeChanges() {
        input = CHANGES;
        sink.changes = true;
    }

    private static DataRecord change(String op, String id, long number, String note) {
        return new DataRecord(new Object[] {id, number, note, op}, new Origin("in", 0, number));
    }

    private static List<String> rowsById() {
        return read(session -> session.execute("SELECT id, number, note FROM good.rows").all().stream()
                .map(row -> row.getString(0) + " " + row.getInt(1) + " " + row.getString(2))
                .sorted()
                .toList());
    }

    /** Each key is written and deleted by turns as fast as the writer takes it; every second one ends deleted. */
    @Test
    void whatIsDoneLastToARowHoldsWithManyStatementsInFlight() throws Exception {
        List<DataRecord> changes = new ArrayList<>();
        for (int round = 0; round < 500; round++) {
            for (int key = 0; key < 4; key++) {
                changes.add(change((round + key) % 2 == 0 ? "delete" : "upsert", "k" + key, round, "r" + round));
            }
        }
        assertThat(write(changes, 1)).isEmpty();
        assertThat(rowsById()).containsExactly("k0 499 r499", "k2 499 r499");
        assertThat(write(changes.subList(0, changes.size() - 4), 2)).isEmpty();
        assertThat(rowsById()).containsExactly("k1 498 r498", "k3 498 r498");
    }

    @Test
    void aRowLeavesNothingOfTheOneThatItReplacesUnlessNullsAreUnset() throws Exception {
        List<DataRecord> changes = List.of(change("upsert", "a", 1, "first"), change("upsert", "a", 2, null));
        assertThat(write(changes, 1)).isEmpty();
        assertThat(rowsById()).containsExactly("a 2 null");
        sink.nulls = Nulls.UNSET;
        assertThat(write(changes, 1)).isEmpty();
        assertThat(rowsById()).containsExactly("a 2 first");
    }

    @Test
    void reportsARowThatDoesNotSayWhatItIsOrHasNoKey() throws Exception {
        List<DataRecord> failures = write(
                List.of(
                        change("insert", "a", 1, null),
                        change(null, "a", 2, null),
                        change("delete", null, 3, null),
                        change("upsert", "b", 1L << 40, null),
                        change("delete", "", 4, null)),
                1);
        assertThat(failures.stream().map(f -> f.get(1)))
                .containsExactly("unknown-change", "unknown-change", "null-key", "overflow", "refused");
        assertThat(failures.stream().map(f -> f.get(2)).limit(2))
                .containsExactly(
                        "`op` is `insert`, neither `upsert` nor `delete`.",
                        "`op` is null, neither `upsert` nor `delete`.");
    }

    @Test
    void deletesARowWhoseOtherColumnsCouldNotBeWritten() throws Exception {
        assertThat(write(List.of(change("upsert", "a", 1, null), change("delete", "a", 1L << 40, null)), 1))
                .isEmpty();
        assertThat(rowsById()).isEmpty();
    }

    private static final int BIDS = 3000;

    private static long item(long n) {
        return n % 7;
    }

    private static long price(long n) {
        return n * 7919 % 1009;
    }

    /** The numbers of an item's bids from the first rank on: by price, then by time. */
    private static List<Long> ranked(long item) {
        return LongStream.range(0, BIDS)
                .filter(n -> item(n) == item)
                .boxed()
                .sorted(Comparator.comparing((Long n) -> -price(n)).thenComparing(n -> n))
                .limit(3)
                .toList();
    }

    private static Map<String, Long> table(String query, Function<Row, String> key) {
        return read(session -> {
            Map<String, Long> found = new TreeMap<>();
            session.execute(query).forEach(row -> found.put(key.apply(row), row.getLong("bid")));
            return found;
        });
    }

    @Test
    void tablesHoldWhatTheStagesHaveInTheEnd(@TempDir Path folder) throws Exception {
        SharedCassandra.execute(server, Files.readString(Path.of("src/test/resources/cassandra/best.cql")));
        PipelineRun.finish(
                """
                apiVersion: pipeline/v1
                name: best
                connections:
                  tables:
                    type: cassandra
                    contactPoints: ["%s"]
                    localDatacenter: datacenter1
                    schema: src/test/resources/cassandra/best.cql
                records:
                  Bid: {fields: {bid: long, item: long, price: long, at: timestamp}}
                sources:
                  bids:
                    type: generate
                    record: Bid
                    count: %d
                    step: 1s
                    fields: {bid: n, item: 'n %% 7', price: 'n * 7919 %% 1009'}
                    eventTime: {field: at, outOfOrderness: 0s}
                stages:
                  best:
                    {type: top, from: bids, keyBy: [item], n: 3, ttl: 90d, orderBy: [{by: price, direction: descending}]}
                sinks:
                  ranks:
                    type: cassandra
                    from: best
                    connection: tables
                    table: best.ranks
                    columns: {item: item, rank: rank, bid: bid}
                  bidRows:
                    type: cassandra
                    from: best
                    connection: tables
                    table: best.bids
                    columns: {item: item, bid: bid, rank: rank}
                  lateOut: {type: discard, from: late}
                runtime:
                  parallelism: 2
                  checkpoint: {every: 50ms}
                """
                        .formatted(server.hostAndPort(), BIDS),
                folder);
        Map<String, Long> ranks = new TreeMap<>();
        Map<String, Long> bids = new TreeMap<>();
        for (long item = 0; item < 7; item++) {
            List<Long> ranked = ranked(item);
            for (int i = 0; i < ranked.size(); i++) {
                ranks.put(item + "/" + (i + 1), ranked.get(i));
                bids.put(item + "/" + ranked.get(i), ranked.get(i));
            }
        }
        assertThat(table("SELECT * FROM best.ranks", row -> row.getLong("item") + "/" + row.getInt("rank")))
                .isEqualTo(ranks);
        assertThat(table("SELECT * FROM best.bids", row -> row.getLong("item") + "/" + row.getLong("bid")))
                .isEqualTo(bids);
    }
}
