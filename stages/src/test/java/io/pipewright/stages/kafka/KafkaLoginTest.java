package io.pipewright.stages.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalNode;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.plan.PipelineInput.TextFile;
import io.pipewright.sandbox.KafkaServer;
import io.pipewright.sandbox.SandboxTopics;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.option.SecretUnavailableException;
import io.pipewright.stages.PipelineRun;
import io.pipewright.stages.kafka.KafkaSecurity.Mechanism;
import io.pipewright.stages.kafka.KafkaSecurity.Protocol;
import io.pipewright.stages.tls.StoreType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in to a real broker by SASL/PLAIN, with a password that is mounted as a file. */
class KafkaLoginTest {

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

    private KafkaCluster cluster(Secret password) {
        KafkaSecurity security = new KafkaSecurity(
                Protocol.SASL_PLAINTEXT, Mechanism.PLAIN, "alice", password, null, StoreType.PKCS12, null);
        return new KafkaCluster("mainKafka", List.of(kafka.loginServers()), Map.of(), security);
    }

    private Path secret(String text) throws IOException {
        return Files.writeString(folder.resolve("kafka-password"), text + "\n");
    }

    @Test
    void sourceAndSinkLogInWithTheMountedPassword() throws Exception {
        topics.create("secured", 1);
        topics.create("secured-out", 1);
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            producer.send("secured", 0, null, "{\"name\":\"a\",\"at\":1000}".getBytes(UTF_8));
        }
        secret(TestKafka.LOGIN.password());
        String security = "{protocol: saslPlaintext, mechanism: plain, username: alice,"
                + " password: '${secret:kafka-password}'}";
        String pipeline = TestKafka.copying("secured", "secured-out", kafka.loginServers(), security);
        PipelineRun.finish(pipeline, folder.resolve("run"), folder);
        assertThat(topics.read("secured-out")).hasSize(1);
    }

    @Test
    void theCheckTellsAWrongPasswordAndOneThatIsNotThere() throws IOException {
        topics.create("there", 1);
        Secret mounted = Secret.mounted(secret(TestKafka.LOGIN.password()));
        assertThat(new TopicCheck(cluster(mounted)).check(List.of("there"))).isEmpty();
        assertThat(new TopicCheck(cluster(mounted)).check(List.of())).isEmpty();
        for (List<String> topics : List.of(List.of("there"), List.<String>of())) {
            assertThat(new TopicCheck(cluster(Secret.of("wrong"))).check(topics))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.message()).contains("refuses the login");
                        assertThat(problem.hint()).isEqualTo("correct `security` of the connection `mainKafka`.");
                    });
        }
        TopicCheck absent = new TopicCheck(cluster(Secret.mounted(folder.resolve("absent"))));
        assertThatThrownBy(() -> absent.check(List.of("there"))).isInstanceOf(SecretUnavailableException.class);
    }

    @Test
    void theShippedOverlayAddsTheLoginToTheShippedPipeline() throws IOException {
        topics.create("cxone-interactions", 1);
        secret(TestKafka.LOGIN.password());
        Path pipelines = Path.of("..", "pipelines");
        PipelineInput input = new PipelineInput(
                file(pipelines.resolve("cxone.yaml")),
                List.of(file(pipelines.resolve("prod.yaml"))),
                List.of("connections.mainKafka.security.protocol=saslPlaintext"));
        Map<String, String> environment = Map.of("KAFKA_BOOTSTRAP", kafka.loginServers(), "KAFKA_USER", "alice");
        Checked<LogicalGraph> checked = new PipelineCompiler(
                        PluginCatalog.load(getClass().getClassLoader()))
                .compile(input, new Surroundings(pipelines, environment, false, folder));
        assertThat(checked.diagnostics().all()).isEmpty();
        List<KafkaCluster> clusters = checked.orElseThrow().nodes().stream()
                .map(LogicalNode::plan)
                .filter(KafkaSourcePlan.class::isInstance)
                .map(plan -> ((KafkaSourcePlan) plan).cluster())
                .toList();
        assertThat(clusters).isNotEmpty().allSatisfy(cluster -> assertThat(
                        new TopicCheck(cluster).check(List.of("cxone-interactions")))
                .isEmpty());
    }

    private static TextFile file(Path path) throws IOException {
        return new TextFile(path.getFileName().toString(), Files.readAllBytes(path));
    }

    @Test
    void whatTravelsHoldsTheNameOfTheFileAlone() throws IOException {
        KafkaCluster cluster = cluster(Secret.mounted(secret("hunter2")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(cluster);
            out.writeObject(cluster.with(Map.of()));
        }
        assertThat(bytes.toString(ISO_8859_1)).doesNotContain("hunter2");
        assertThat(cluster.toString()).doesNotContain("hunter2");
        assertThat(cluster(Secret.of("hunter2")).toString()).doesNotContain("hunter2");
    }

    @Test
    void whatDoesNotGoTogetherIsFoundOffline() {
        String pipeline =
                """
                apiVersion: pipeline/v1
                name: wrong
                connections:
                  main:
                    type: kafka
                    bootstrapServers: ["localhost:9092"]
                    properties: {security.protocol: SASL_SSL}
                    security: {protocol: %s}
                records:
                  Event: {fields: {name: string}}
                sources:
                  events: {type: kafka, connection: main, topics: [a], group: g, format: {type: json, record: Event}}
                sinks:
                  out: {type: kafka, from: events, connection: main, topic: b, format: {type: json}}
                """;
        assertThat(PipelineRun.findings(pipeline.formatted("saslSsl, username: a")))
                .contains(
                        "missing-option: A login needs `mechanism`.",
                        "conflicting-options: `security.protocol` is set by `security` already.");
        assertThat(PipelineRun.findings(pipeline.formatted("plaintext, username: a, truststore: /x")))
                .contains(
                        "conflicting-options: `username` is used with a login only.",
                        "conflicting-options: `truststore` is used with TLS only.");
    }
}
