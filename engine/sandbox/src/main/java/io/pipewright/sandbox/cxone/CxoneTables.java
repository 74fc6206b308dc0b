package io.pipewright.sandbox.cxone;

import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.sandbox.CassandraRows;
import io.pipewright.sandbox.SandboxException;
import io.pipewright.sandbox.SandboxTopics;
import io.pipewright.sandbox.TopicRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads back what the pipeline wrote: two tables and two topics. */
public final class CxoneTables {
    /** The topic that the pipeline reads. */
    public static final String EVENTS_TOPIC = "cxone-data-actions";

    /** The topic of records that came too late. */
    public static final String LATE_TOPIC = "cxone-late";

    /** The topic of records that were refused. */
    public static final String DEAD_LETTER_TOPIC = "cxone-dead-letters";

    private static final ObjectMapper JSON = new ObjectMapper();

    private CxoneTables() {}

    /** Creates the three topics; the one that is read has the given partitions. */
    public static void createTopics(SandboxTopics topics, int partitions) {
        topics.create(EVENTS_TOPIC, partitions);
        topics.create(LATE_TOPIC, 1);
        topics.create(DEAD_LETTER_TOPIC, 1);
    }

    /** Everything the pipeline wrote. */
    public static CxoneResults read(CassandraRows cassandra, SandboxTopics topics) {
        return new CxoneResults(volumes(cassandra), alerts(cassandra), late(topics), deadLetters(topics));
    }

    /** The rows of {@code interaction_volumes}. */
    public static Set<VolumeRow> volumes(CassandraRows cassandra) {
        return new HashSet<>(cassandra.read(
                "cxone_analytics.interaction_volumes",
                row -> new VolumeRow(
                        text(row, "channel"),
                        time(row, "window_start"),
                        time(row, "window_end"),
                        row.getLong("volume"))));
    }

    /** The rows of {@code pattern_alerts}. */
    public static Set<AlertRow> alerts(CassandraRows cassandra) {
        return new HashSet<>(cassandra.read(
                "cxone_analytics.pattern_alerts",
                row -> new AlertRow(
                        text(row, "customer_id"),
                        text(row, "channel"),
                        time(row, "timestamp"),
                        row.getInt("failure_count"),
                        text(row, "alert_type"),
                        text(row, "tier"))));
    }

    /** The distinct late records. */
    public static Set<LateRow> late(SandboxTopics topics) {
        return distinct(topics, LATE_TOPIC, CxoneTables::lateRow);
    }

    /** The distinct dead letters. */
    public static Set<DeadLetterRow> deadLetters(SandboxTopics topics) {
        return distinct(topics, DEAD_LETTER_TOPIC, CxoneTables::deadLetterRow);
    }

    static LateRow lateRow(JsonNode json) {
        JsonNode record = nested(json.path("record"));
        String subject =
                record.path("interactionId").asText(record.path("customerId").asText("?"));
        return new LateRow(json.path("stage").asText("?"), instant(json.path("eventTime")), subject);
    }

    static DeadLetterRow deadLetterRow(JsonNode json) {
        JsonNode raw = json.path("raw");
        return new DeadLetterRow(
                json.path("stage").asText("?"),
                json.path("partition").asInt(-1),
                json.path("offset").asLong(-1),
                raw.isTextual() ? raw.asText() : "");
    }

    private static <T> Set<T> distinct(SandboxTopics topics, String topic, Function<JsonNode, T> toRow) {
        Set<T> rows = new HashSet<>();
        for (TopicRecord r : topics.read(topic)) {
            rows.add(toRow.apply(parse(new String(r.value(), StandardCharsets.UTF_8), topic)));
        }
        return rows;
    }

    private static JsonNode parse(String text, String topic) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new SandboxException("Topic " + topic + " holds what is no JSON: " + text, e);
        }
    }

    /** JSON inside JSON, as an object or as text. */
    private static JsonNode nested(JsonNode node) {
        return node.isTextual() ? parse(node.asText(), LATE_TOPIC) : node;
    }

    /** A time in ISO-8601 or in milliseconds. */
    private static Instant instant(JsonNode node) {
        return node.isTextual() ? Instant.parse(node.asText()) : Instant.ofEpochMilli(node.asLong());
    }

    private static String text(Row row, String column) {
        @Nullable String value = row.getString(column);
        return value == null ? "null" : value;
    }

    private static Instant time(Row row, String column) {
        @Nullable Instant value = row.getInstant(column);
        return value == null ? Instant.EPOCH : value;
    }
}
