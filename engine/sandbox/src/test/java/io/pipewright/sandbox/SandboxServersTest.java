package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.cql.Row;
import io.pipewright.sandbox.cxone.CxoneComparison;
import io.pipewright.sandbox.cxone.CxoneOracle;
import io.pipewright.sandbox.cxone.CxoneParameters;
import io.pipewright.sandbox.cxone.CxoneResults;
import io.pipewright.sandbox.cxone.CxoneTables;
import io.pipewright.sandbox.cxone.DeadLetterRow;
import io.pipewright.sandbox.cxone.GeneratedFeed;
import io.pipewright.sandbox.cxone.GeneratorOptions;
import io.pipewright.sandbox.cxone.InteractionGenerator;
import io.pipewright.sandbox.cxone.LateRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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
    void whatAPipelineWroteIsReadBackAndComparedWithTheOracle() {
        GeneratedFeed feed = InteractionGenerator.generate(GeneratorOptions.of(3_000, 1, Instant.now()));
        CxoneResults expected = CxoneOracle.expect(feed, CxoneParameters.defaults(Instant.now()));
        String bootstrap = servers.kafka().bootstrapServers();
        try (SandboxTopics topics = new SandboxTopics(bootstrap);
                CassandraRows rows = CassandraRows.connect(servers.cassandra().contactPoint())) {
            CxoneTables.createTopics(topics, 2);
            try (EventFeeder feeder = new EventFeeder(bootstrap, CxoneTables.EVENTS_TOPIC)) {
                feed.phases().forEach(phase -> feeder.feed(phase.records()));
            }
            assertThat(topics.read(CxoneTables.EVENTS_TOPIC)).hasSize(3_000);
            assertThat(feed.phases().stream().flatMap(p -> p.records().stream()).map(SandboxServersTest::place))
                    .containsExactlyInAnyOrderElementsOf(topics.read(CxoneTables.EVENTS_TOPIC).stream()
                            .map(SandboxServersTest::place)
                            .toList());

            rows.runScript(TestPlace.root().resolve("pipelines/cxone.cql"));
            rows.execute("TRUNCATE cxone_analytics.pattern_alerts");
            write(expected, rows, bootstrap);
            CxoneComparison comparison = CxoneComparison.of(expected, CxoneTables.read(rows, topics));
            assertThat(comparison.isEqual()).as(comparison.text()).isTrue();
            rows.execute("TRUNCATE cxone_analytics.pattern_alerts");
            assertThat(CxoneComparison.of(expected, CxoneTables.read(rows, topics))
                            .isEqual())
                    .isFalse();
        }
    }

    private static String place(TopicRecord r) {
        return r.partition() + "/" + r.offset() + "/" + r.key() + "/" + r.timestamp() + "/"
                + Arrays.toString(r.value());
    }

    /** Writes what is expected, every dead letter twice and late records in two ways of writing. */
    private static void write(CxoneResults expected, CassandraRows rows, String bootstrap) {
        expected.volumes()
                .forEach(v -> rows.execute(
                        "INSERT INTO cxone_analytics.interaction_volumes"
                                + " (channel, window_start, window_end, volume) VALUES (?, ?, ?, ?)",
                        v.channel(),
                        v.windowStart(),
                        v.windowEnd(),
                        v.volume()));
        expected.alerts()
                .forEach(a -> rows.execute(
                        "INSERT INTO cxone_analytics.pattern_alerts"
                                + " (customer_id, channel, timestamp, failure_count, alert_type, tier)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        a.customerId(),
                        a.channel(),
                        a.timestamp(),
                        a.failureCount(),
                        a.alertType(),
                        a.tier()));
        List<TopicRecord> late = new ArrayList<>();
        for (LateRow l : expected.late()) {
            String record = l.subject().startsWith("i") ? "interactionId" : "customerId";
            String time = late.size() % 2 == 0
                    ? "\"" + l.eventTime() + "\""
                    : Long.toString(l.eventTime().toEpochMilli());
            late.add(record(
                    0,
                    late.size(),
                    "{\"stage\":\"%s\",\"eventTime\":%s,\"record\":{\"%s\":\"%s\"}}"
                            .formatted(l.stage(), time, record, l.subject())));
        }
        List<TopicRecord> dead = new ArrayList<>();
        for (DeadLetterRow d : expected.deadLetters()) {
            String raw = d.raw().isEmpty() && d.stage().equals("routing") ? "null" : "\"" + d.raw() + "\"";
            String json = "{\"stage\":\"%s\",\"partition\":%d,\"offset\":%d,\"raw\":%s}"
                    .formatted(d.stage(), d.partition(), d.offset(), raw);
            dead.add(record(0, dead.size(), json));
            dead.add(record(0, dead.size(), json));
        }
        try (EventFeeder lateFeeder = new EventFeeder(bootstrap, CxoneTables.LATE_TOPIC);
                EventFeeder deadFeeder = new EventFeeder(bootstrap, CxoneTables.DEAD_LETTER_TOPIC)) {
            lateFeeder.feed(late);
            deadFeeder.feed(dead);
        }
    }

    /** First, for what it stops leaves an archive of classes, from which all later servers start sooner. */
    @Test
    @Order(1)
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
