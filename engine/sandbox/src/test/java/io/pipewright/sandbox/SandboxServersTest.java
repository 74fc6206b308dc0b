package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SandboxServersTest {
    private static SandboxServers servers;

    @BeforeAll
    static void startBoth() {
        servers = SandboxServers.start(TestPlace.home(), TestPlace.folder("servers"));
    }

    @AfterAll
    static void closeBoth() {
        servers.close();
        assertThat(ProcessHandle.of(servers.kafka().pid())).isEmpty();
        assertThat(ProcessHandle.of(servers.cassandra().pid())).isEmpty();
    }

    @Test
    void fedRecordsAreReadBackWithTheirPlaces() {
        String topic = "t" + UUID.randomUUID();
        List<TopicRecord> records = List.of(record(0, 0, "a"), record(1, 0, "b"), record(0, 1, "c"));
        try (SandboxTopics topics = new SandboxTopics(servers.kafka().bootstrapServers());
                EventFeeder feeder = new EventFeeder(servers.kafka().bootstrapServers(), topic)) {
            topics.create(topic, 2);
            topics.create(topic, 2);
            feeder.feed(records);
            assertThat(feeder.acknowledged()).isEqualTo(3);
            assertThat(topics.endOffsets(topic)).isEqualTo(Map.of(0, 2L, 1, 1L));
            assertThat(topics.read(topic))
                    .extracting(r -> r.partition() + "/" + r.offset() + "/" + r.key() + "/" + r.timestamp() + "/"
                            + new String(r.value(), StandardCharsets.UTF_8))
                    .containsExactly("0/0/a/17/a", "0/1/c/17/c", "1/0/b/17/b");
        }
    }

    private static TopicRecord record(int partition, long offset, String text) {
        return new TopicRecord(partition, offset, text, text.getBytes(StandardCharsets.UTF_8), 17);
    }

    @Test
    void theTablesOfThePipelineAreCreatedTwiceWithoutHarm() {
        try (CassandraRows rows = CassandraRows.connect(servers.cassandra().contactPoint())) {
            rows.runScript(TestPlace.root().resolve("pipelines/cxone.cql"));
            rows.runScript(TestPlace.root().resolve("pipelines/cxone.cql"));
            rows.execute(
                    "INSERT INTO cxone_analytics.pattern_alerts (customer_id, channel, timestamp, tier)"
                            + " VALUES (?, ?, 5, ?)",
                    "c1",
                    "VOICE",
                    "GOLD");
            assertThat(rows.<String>read("cxone_analytics.pattern_alerts", row -> row.getString("tier")))
                    .containsExactly("GOLD");
        }
    }

    @Test
    void cassandraKeepsItsRowsOverAStopAndAKill() {
        CassandraServer cassandra = servers.cassandra();
        try (CassandraRows rows = CassandraRows.connect(cassandra.contactPoint())) {
            rows.runScript(
                    """
                    CREATE KEYSPACE kept WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1};
                    CREATE TABLE kept.t (k int PRIMARY KEY);
                    INSERT INTO kept.t (k) VALUES (1)
                    """);
        }
        cassandra.stop();
        assertThatThrownBy(() -> CassandraRows.connect(cassandra.contactPoint()))
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("Nobody answers CQL");
        cassandra.startAgain();
        try (CassandraRows rows = CassandraRows.connect(cassandra.contactPoint())) {
            rows.execute("INSERT INTO kept.t (k) VALUES (2)");
        }
        cassandra.kill();
        cassandra.startAgain();
        try (CassandraRows rows = CassandraRows.connect(cassandra.contactPoint())) {
            assertThat(rows.<Integer>read("kept.t", (Row row) -> row.getInt("k")))
                    .containsExactlyInAnyOrder(1, 2);
        }
    }

    @Test
    void aServerThatFailsWritesFailsThemInOneKeyspaceAlone() {
        try (CassandraServer failing =
                        CassandraServer.startFailingWrites(TestPlace.home(), TestPlace.folder("failing"), "broken");
                CassandraRows rows = CassandraRows.connect(failing.contactPoint())) {
            for (String keyspace : List.of("broken", "fine")) {
                rows.execute("CREATE KEYSPACE " + keyspace
                        + " WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
                rows.execute("CREATE TABLE " + keyspace + ".t (k int PRIMARY KEY)");
            }
            rows.execute("INSERT INTO fine.t (k) VALUES (1)");
            assertThatThrownBy(() -> rows.execute("INSERT INTO broken.t (k) VALUES (1)"))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("failure");
        }
    }
}
