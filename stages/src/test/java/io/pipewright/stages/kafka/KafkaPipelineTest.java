package io.pipewright.stages.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.KafkaServer;
import io.pipewright.sandbox.SandboxTopics;
import io.pipewright.sandbox.TopicRecord;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.stages.PipelineRun;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole pipelines from topics to topics, on a real broker and a Flink in this process. It is long because all of them share
 * that broker, which takes longer to start than a case to run.
 */
class KafkaPipelineTest {

    private static KafkaServer kafka;
    private static SandboxTopics topics;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        kafka = TestKafka.start();
        topics = new SandboxTopics(kafka.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    @Test
    void everyMessageIsWrittenOrADeadLetterThatSaysWhereItWas() throws Exception {
        topics.create("mixed", 2);
        topics.create("mixed-out", 2);
        topics.create("mixed-dead", 1);
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            IntStream.range(0, 100).forEach(i -> producer.send("mixed", i % 2, "k", event("n" + i, 1_000L + i)));
            producer.send("mixed", 1, null, "{broken".getBytes(UTF_8));
            producer.send("mixed", 1, null, new byte[] {'{', (byte) 0xff, '}'});
            producer.send("mixed", 1, null, null);
            producer.send("mixed", 1, null, "  ".getBytes(UTF_8));
            producer.send("mixed", 0, null, event("far", 99_999_999_999_999L));
        }
        PipelineRun.finish(pipeline("mixed", "startFrom: {at: committed}", "atLeastOnce"), folder);
        List<TopicRecord> out = topics.read("mixed-out");
        assertThat(out).hasSize(100).allSatisfy(message -> {
            assertThat(message.key()).startsWith("n");
            assertThat(message.timestamp())
                    .isEqualTo(1_000L + Long.parseLong(message.key().substring(1)));
        });
        assertThat(topics.read("mixed-dead"))
                .extracting(message -> new String(message.value(), UTF_8))
                .satisfiesExactlyInAnyOrder(
                        dead -> assertThat(dead).contains("\"offset\":50").contains("\"partition\":1"),
                        dead -> assertThat(dead).contains("\"offset\":51"),
                        dead -> assertThat(dead).contains("timestamp-in-future").contains("\"partition\":0"));
    }

    @Test
    void expressionsReadWhatAMessageHasBesideItsValue() throws Exception {
        topics.create("meta", 1);
        topics.create("meta-out", 1);
        topics.create("meta-dead", 1);
        Map<String, byte[]> headers = new TreeMap<>(Map.of("a", "one".getBytes(UTF_8), "b", new byte[] {(byte) 0xff}));
        headers.put("c", null);
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            producer.send("meta", 5_000, "k", "{\"name\":\"x\"}".getBytes(UTF_8), headers);
            producer.send("meta", 6_000, null, "{\"name\":\"y\"}".getBytes(UTF_8), Map.of());
            producer.send("meta", 7_000, "k", null, Map.of());
        }
        PipelineRun.finish(
                pipeline("meta", "startFrom: {at: earliest}", "atLeastOnce")
                        .replace("name: string, at: {type: timestamp,", "name: string?, at: {type: timestamp?,")
                        .replace("record: Event}", "record: Event, blank: keep}")
                        .replace("field: at,", "field: at, missing: sourceTimestamp,")
                        .replace(
                                "from: events, connection: main, topic: meta-out, key: name",
                                "from: said, connection: main, topic: meta-out, key: key")
                        .replace(
                                "sinks:",
                                """
                                stages:
                                  said:
                                    type: add
                                    from: events
                                    fields:
                                      topic: meta.topic
                                      place: 'string(meta.partition) + "/" + string(meta.offset)'
                                      key: 'orElse(meta.key, "-")'
                                      headers: meta.headers
                                      sent: meta.timestamp
                                      gone: meta.tombstone
                                sinks:
                                  plain: {type: discard, from: events}"""),
                folder);
        assertThat(topics.read("meta-dead")).isEmpty();
        assertThat(topics.read("meta-out"))
                .extracting(message -> message.key() + " " + new String(message.value(), UTF_8))
                .containsExactly(
                        "k {\"name\":\"x\",\"at\":null,\"topic\":\"meta\",\"place\":\"0/0\",\"key\":\"k\",\"headers\":{\"a\":\"one\"},"
                                + "\"sent\":\"1970-01-01T00:00:05.000Z\",\"gone\":false}",
                        "- {\"name\":\"y\",\"at\":null,\"topic\":\"meta\",\"place\":\"0/1\",\"key\":\"-\",\"headers\":{},"
                                + "\"sent\":\"1970-01-01T00:00:06.000Z\",\"gone\":false}",
                        "k {\"name\":null,\"at\":null,\"topic\":\"meta\",\"place\":\"0/2\",\"key\":\"k\",\"headers\":{},"
                                + "\"sent\":\"1970-01-01T00:00:07.000Z\",\"gone\":true}");
    }

    @Test
    void aRunBeginsWhereTheGroupCommitted() throws Exception {
        topics.create("twice", 2);
        topics.create("twice-out", 1);
        topics.create("twice-dead", 1);
        String pipeline = pipeline("twice", "startFrom: {at: committed}", "exactlyOnce");
        for (int run = 1; run <= 2; run++) {
            try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
                for (int i = 0; i < 50; i++) {
                    producer.send("twice", i % 2, "k", event("r" + run + "-" + i, 1_000));
                }
            }
            PipelineRun.finish(pipeline, folder.resolve(String.valueOf(run)));
            assertThat(topics.committed("tests", "twice")).isEqualTo(topics.endOffsets("twice"));
            assertThat(topics.read("twice-out")).hasSize(50 * run);
        }
    }

    @Test
    void aPatternReadsEveryTopicWhoseWholeNameMatches() throws Exception {
        for (String topic : List.of("shard-a", "shard-b", "no-shard-c", "shards-out", "shards-dead")) {
            topics.create(topic, 1);
        }
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            producer.send("shard-a", 0, "k", event("a", 1_000L));
            producer.send("shard-b", 0, "k", event("b", 1_000L));
            producer.send("no-shard-c", 0, "k", event("c", 1_000L));
        }
        String named = pipeline("shards", "startFrom: {at: earliest}", "atLeastOnce");
        String pattern = named.replace("topics: [shards]", "topicPattern: shard-.*");
        assertThat(pattern).isNotEqualTo(named);
        PipelineRun.finish(pattern, folder);
        assertThat(topics.read("shards-out")).extracting(TopicRecord::key).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aRunCanBeginAtATimeAndEndAtAnother() throws Exception {
        topics.create("timed", 1);
        topics.create("timed-out", 1);
        topics.create("timed-dead", 1);
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            for (int i = 0; i < 10; i++) {
                producer.sendAt("timed", 0, 1_700_000_000_000L + i * 1_000, event("t" + i, 1_000));
            }
        }
        String start = "startFrom: {at: timestamp, time: 2023-11-14T22:13:22.500Z}";
        String pipeline = pipeline("timed", start, "atLeastOnce")
                .replace("until: {at: latest}", "until: {at: timestamp, time: 2023-11-14T22:13:26Z}");
        PipelineRun.finish(pipeline, folder);
        assertThat(topics.read("timed-out")).extracting(TopicRecord::key).containsExactly("t3", "t4", "t5");
    }

    @Test
    void aMessageThatIsTooLargeIsADeadLetter() throws Exception {
        topics.create("large", 1);
        topics.create("large-out", 1);
        topics.create("large-dead", 1);
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            producer.send("large", 0, null, event("x".repeat(3_000), 1_000));
            producer.send("large", 0, null, event("small", 1_000));
        }
        String pipeline = pipeline("large", "startFrom: {at: earliest}", "atLeastOnce")
                .replace("key: name", "properties: {max.request.size: \"2000\"}");
        PipelineRun.finish(pipeline, folder);
        assertThat(topics.read("large-out")).hasSize(1);
        assertThat(topics.read("large-dead"))
                .singleElement()
                .satisfies(dead -> assertThat(new String(dead.value(), UTF_8)).contains("\"code\":\"too-large\""));
    }

    @Test
    void avroMessagesNameTheirSchemasInARegistryAndWhatASchemaCannotHoldIsADeadLetter() throws Exception {
        topics.create("avro", 1);
        topics.create("avro-out", 1);
        topics.create("avro-dead", 1);
        byte[] bad = {0, 0, 0, 0, 7, 2};
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers());
                MockWebServer registry = new MockWebServer()) {
            registry.setDispatcher(schemas());
            producer.send("avro", 0, null, avro("a"));
            producer.send("avro", 0, null, avro("z"));
            producer.send("avro", 0, null, bad);
            String url = "registry: {url: \"http://127.0.0.1:" + registry.getPort() + "\"";
            String json = pipeline("avro", "startFrom: {at: earliest}", "atLeastOnce");
            String pipeline = json.replace(
                            "format: {type: json, record: Event}", "format: {type: avro, record: Event, " + url + "}}")
                    .replace(
                            "key: name, format: {type: json}",
                            "format: {type: avro, schema: src/test/resources/avro/event.avsc, " + url
                                    + ", subject: avro-out-value}}");
            PipelineRun.finish(pipeline, folder);
        }
        assertThat(topics.read("avro-out")).singleElement().satisfies(message -> assertThat(message.value())
                .isEqualTo(new byte[] {0, 0, 0, 0, 8, 0, -48, 15}));
        assertThat(topics.read("avro-dead"))
                .extracting(message -> new String(message.value(), UTF_8))
                .satisfiesExactlyInAnyOrder(
                        dead -> assertThat(dead).contains("\"stage\":\"out\"").contains("Field `name` is `z`"),
                        dead -> assertThat(dead)
                                .contains("malformed-avro")
                                .contains(Base64.getEncoder().encodeToString(bad)));
    }

    /** One job for the formats of lines, so that they take no longer than one. */
    @Test
    void cellsGroupsAndWholeMessagesAreReadAndWrittenAndTheOthersAreDeadLetters() throws Exception {
        for (String topic : List.of("cells", "hits", "lines")) {
            topics.create(topic, 1);
            topics.create(topic + "-out", 1);
        }
        topics.create("formats-dead", 1);
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            for (String cells : List.of("a;1000;\"x;y\"", "b;2000;-", "c;3000", "d;soon;x")) {
                producer.send("cells", 0, null, cells.getBytes(UTF_8));
            }
            for (String hit : List.of("\"GET /a\" 200", "\"POST /a\" 200", "\"GET /b\" 99999999999")) {
                producer.send("hits", 0, null, hit.getBytes(UTF_8));
            }
            producer.send("lines", 0, null, "{no, \"json\"}\nin two lines".getBytes(UTF_8));
            producer.send("lines", 0, null, new byte[] {'a', (byte) 0xff});
            producer.send("lines", 0, null, " ".getBytes(UTF_8));
            producer.send("lines", 0, "k", "last".getBytes(UTF_8));
        }
        PipelineRun.finish(formats(), folder);
        assertThat(written("cells-out"))
                .containsExactly("a: a;1970-01-01T00:00:01.000Z;\"x;y\"", "b: b;1970-01-01T00:00:02.000Z;-");
        assertThat(written("hits-out")).containsExactly("null: {\"path\":\"/a\",\"status\":200}");
        assertThat(written("lines-out")).containsExactly("lines 0: {no, \"json\"}\nin two lines", "lines 3: last");
        assertThat(written("formats-dead"))
                .satisfiesExactlyInAnyOrder(
                        dead -> assertThat(dead).contains("\"stage\":\"cells\"", "malformed-csv", "\"offset\":2"),
                        dead -> assertThat(dead).contains("\"stage\":\"cells\"", "`at`", "\"offset\":3"),
                        dead -> assertThat(dead).contains("\"stage\":\"hits\"", "no-match", "\"offset\":1"),
                        dead -> assertThat(dead).contains("\"stage\":\"hits\"", "`status`", "\"offset\":2"),
                        dead -> assertThat(dead).contains("\"stage\":\"lines\"", "invalid-utf8", "\"raw\":\"Yf8=\""));
    }

    /** The messages of a topic, each behind its key. */
    private static List<String> written(String topic) {
        return topics.read(topic).stream()
                .map(message -> message.key() + ": " + new String(message.value(), UTF_8))
                .toList();
    }

    private static String formats() {
        return """
                apiVersion: pipeline/v1
                name: formats
                connections:
                  main: {type: kafka, bootstrapServers: ["%s"]}
                records:
                  Cells: {fields: {name: string, at: {type: timestamp, format: millis}, note: string?}}
                  Hit: {fields: {path: string, status: int}}
                  Line: {fields: {text: string, file: string, lineNumber: long}}
                sources:
                  cells:
                    type: kafka
                    connection: main
                    topics: [cells]
                    group: formats
                    startFrom: {at: earliest}
                    until: {at: latest}
                    format: {type: csv, record: Cells, delimiter: ";", nullValue: "-"}
                  hits:
                    type: kafka
                    connection: main
                    topics: [hits]
                    group: formats
                    startFrom: {at: earliest}
                    until: {at: latest}
                    format: {type: regex, record: Hit, pattern: '"GET (?P<path>\\S+)" (?P<status>\\d+)'}
                  lines:
                    type: kafka
                    connection: main
                    topics: [lines]
                    group: formats
                    startFrom: {at: earliest}
                    until: {at: latest}
                    format: {type: raw, record: Line, field: text}
                sinks:
                  cellsOut:
                    type: kafka
                    from: cells
                    connection: main
                    topic: cells-out
                    key: name
                    format: {type: csv, delimiter: ";", nullValue: "-"}
                  hitsOut: {type: kafka, from: hits, connection: main, topic: hits-out, format: {type: json}}
                  linesOut:
                    type: kafka
                    from: lines
                    connection: main
                    topic: lines-out
                    key: 'file + " " + string(lineNumber)'
                    format: {type: raw, field: text}
                  dead: {type: kafka, from: errors, connection: main, topic: formats-dead, format: {type: json}}
                errors: {default: deadLetter}
                """
                .formatted(kafka.bootstrapServers());
    }

    private static byte[] avro(String name) {
        return new byte[] {0, 0, 0, 0, 7, 2, (byte) name.charAt(0), -48, 15};
    }

    /** A registry that knows one schema to read by, 7, and one to write by, 8. */
    private static Dispatcher schemas() {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String schema = "{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"E\\\", \\\"fields\\\": ["
                        + "{\\\"name\\\": \\\"name\\\", \\\"type\\\": \\\"string\\\"}, {\\\"name\\\": \\\"at\\\", \\\"type\\\": \\\"long\\\"}]}";
                return new MockResponse()
                        .setBody(
                                String.valueOf(request.getPath()).equals("/schemas/ids/7")
                                        ? "{\"schema\": \"" + schema + "\"}"
                                        : "{\"id\": 8}");
            }
        };
    }

    @Test
    void aMissingTopicAndASilentBrokerAreEachOneProblemWithTheNextAction() {
        topics.create("there", 1);
        KafkaCluster cluster = new KafkaCluster("mainKafka", List.of(kafka.bootstrapServers()), Map.of());
        assertThat(new TopicCheck(cluster).check(List.of("there"))).isEmpty();
        assertThat(new TopicCheck(cluster).check(List.of("there", "not-there")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("has no topic `not-there`");
                    assertThat(problem.hint()).contains("--create --topic not-there");
                });
        KafkaCluster nobody = new KafkaCluster("mainKafka", List.of("127.0.0.1:1"), Map.of());
        assertThat(new TopicCheck(nobody).check(List.of("there", "not-there")))
                .containsExactly(new OutsideProblem(
                        "Kafka does not answer at `127.0.0.1:1`.",
                        "start it, or correct `bootstrapServers` of the connection `mainKafka`."));
    }

    @Test
    void whatAnAuthorGetsWrongIsFoundOffline() {
        String wrong = pipeline("a b", "startFrom: {at: timestamp}", "atLeastOnce")
                .replace("group: tests", "group: tests\n    properties: {enable.auto.commit: \"true\"}")
                .replace("127.0.0.1:", "localhost");
        assertThat(PipelineRun.findings(wrong))
                .anyMatch(text -> text.startsWith("bad-topic: `a b`"))
                .anyMatch(text -> text.startsWith("missing-option: `at: timestamp` needs a `time`"))
                .anyMatch(text -> text.startsWith("unknown-property: `enable.auto.commit`"))
                .anyMatch(text -> text.startsWith("bad-address: `localhost"));
    }

    private static byte[] event(String name, long at) {
        return ("{\"name\":\"" + name + "\",\"at\":" + at + "}").getBytes(UTF_8);
    }

    private static String pipeline(String topic, String startFrom, String delivery) {
        return """
                apiVersion: pipeline/v1
                name: topics
                connections:
                  main: {type: kafka, bootstrapServers: ["%1$s"]}
                records:
                  Event: {fields: {name: string, at: {type: timestamp, format: millis}}}
                sources:
                  events:
                    type: kafka
                    connection: main
                    topics: [%2$s]
                    group: tests
                    %3$s
                    until: {at: latest}
                    format: {type: json, record: Event}
                    eventTime: {field: at, idleAfter: 1s}
                sinks:
                  out: {type: kafka, from: events, connection: main, topic: %2$s-out, key: name, format: {type: json}, delivery: %4$s}
                  dead: {type: kafka, from: errors, connection: main, topic: %2$s-dead, format: {type: json}}
                errors: {default: deadLetter}
                runtime:
                  parallelism: 2
                  checkpoint: {every: 500ms}
                """
                .formatted(kafka.bootstrapServers(), topic, startFrom, delivery);
    }
}
