package io.pipewright.stages.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.KafkaServer;
import io.pipewright.sandbox.Poll;
import io.pipewright.sandbox.SandboxTopics;
import io.pipewright.sandbox.ServerCertificate;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.stages.PipelineRun;
import io.pipewright.stages.kafka.KafkaSecurity.Mechanism;
import io.pipewright.stages.kafka.KafkaSecurity.Protocol;
import io.pipewright.stages.tls.StoreType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS to a real broker, and logins by SCRAM, with and without it. */
class KafkaTlsTest {

    private static final KafkaServer.Login SCRAM = new KafkaServer.Login("bob", "battery staple");

    private static ServerCertificate certificate;
    private static ServerCertificate stranger;
    private static KafkaServer kafka;
    private static SandboxTopics topics;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        Path place = TestKafka.folder("certificates-");
        certificate = ServerCertificate.make(place.resolve("server"), "ip:127.0.0.1");
        stranger = ServerCertificate.make(place.resolve("stranger"), "ip:127.0.0.1");
        kafka = TestKafka.start(certificate);
        topics = new SandboxTopics(kafka.bootstrapServers());
        topics.create("there", 1);
        topics.addScramUser(SCRAM);
        // Kafka's controller has answered, and tells its broker in a moment.
        Poll.until("the broker knows the new user", Duration.ofSeconds(60), () -> check(
                        kafka.loginServers(), login(Protocol.SASL_PLAINTEXT, Mechanism.SCRAM_SHA_512, SCRAM.password()))
                .isEmpty());
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    private static KafkaSecurity tls(Path truststore, StoreType type, Secret password) {
        return new KafkaSecurity(Protocol.SSL, null, null, null, truststore.toString(), type, password);
    }

    private static KafkaSecurity trusting(ServerCertificate certificate) {
        return tls(certificate.truststore(), StoreType.PKCS12, Secret.of(certificate.password()));
    }

    private static KafkaSecurity login(Protocol protocol, Mechanism mechanism, String password) {
        boolean encrypts = protocol.encrypts();
        return new KafkaSecurity(
                protocol,
                mechanism,
                SCRAM.user(),
                Secret.of(password),
                encrypts ? certificate.pem().toString() : null,
                encrypts ? StoreType.PEM : StoreType.PKCS12,
                null);
    }

    private static List<OutsideProblem> check(String servers, KafkaSecurity security) {
        return new TopicCheck(new KafkaCluster("mainKafka", List.of(servers), Map.of(), security))
                .check(List.of("there"));
    }

    @Test
    void sourceAndSinkSpeakTlsAndLogInByScram() throws Exception {
        topics.create("secured", 1);
        topics.create("secured-out", 1);
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            producer.send("secured", 0, null, "{\"name\":\"a\",\"at\":1000}".getBytes(UTF_8));
        }
        Files.writeString(folder.resolve("kafka-password"), SCRAM.password() + "\n");
        Files.writeString(folder.resolve("truststore-password"), certificate.password() + "\n");
        String security = "{protocol: saslSsl, mechanism: scramSha512, username: bob,"
                + " password: '${secret:kafka-password}', truststore: %s,".formatted(certificate.truststore())
                + " truststorePassword: '${secret:truststore-password}'}";
        String pipeline = TestKafka.copying("secured", "secured-out", kafka.tlsLoginServers(), security);
        PipelineRun.finish(pipeline, folder.resolve("run"), folder);
        assertThat(topics.read("secured-out")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mechanism.class,
            names = {"SCRAM_SHA_256", "SCRAM_SHA_512"})
    void eachScramMechanismLogsInWithAndWithoutTls(Mechanism mechanism) {
        assertThat(check(kafka.loginServers(), login(Protocol.SASL_PLAINTEXT, mechanism, SCRAM.password())))
                .isEmpty();
        assertThat(check(kafka.tlsLoginServers(), login(Protocol.SASL_SSL, mechanism, SCRAM.password())))
                .isEmpty();
        assertThat(check(kafka.tlsLoginServers(), login(Protocol.SASL_SSL, mechanism, "wrong")))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("refuses the login"));
    }

    @Test
    void tlsNeedsNoLogin() {
        assertThat(check(kafka.tlsServers(), trusting(certificate))).isEmpty();
    }

    @Test
    void tellsACertificateThatIsNotTrustedOrForAnotherHost() {
        assertThat(check(kafka.tlsServers(), trusting(stranger)))
                .containsExactly(new OutsideProblem(
                        "The certificate of Kafka at `" + kafka.tlsServers() + "` is not trusted.",
                        "Add the certificate of the authority that signed it to `truststore`."));
        String elsewhere = kafka.tlsServers().replace("127.0.0.1", "localhost");
        assertThat(check(elsewhere, trusting(certificate)))
                .containsExactly(new OutsideProblem(
                        "The certificate of Kafka at `" + elsewhere + "` was issued for another host.",
                        "Write the addresses as the servers' certificates name them."));
    }

    /** Both are asked at once: each waits for as long as a check may take. */
    @Test
    void tellsWhenOnlyOneSideSpeaksTls() {
        CompletableFuture<List<OutsideProblem>> withoutTls =
                CompletableFuture.supplyAsync(() -> check(kafka.tlsServers(), null));
        assertThat(check(kafka.bootstrapServers(), trusting(certificate)))
                .containsExactly(new OutsideProblem(
                        "Kafka at `" + kafka.bootstrapServers() + "` takes the connection and gives no answer.",
                        "check that it is a Kafka broker, and that the port speaks the `security.protocol` of the"
                                + " connection `mainKafka`."));
        assertThat(withoutTls.join())
                .containsExactly(new OutsideProblem(
                        "Kafka at `" + kafka.tlsServers() + "` takes the connection and gives no answer.",
                        "if it wants TLS or a login, add `security` to the connection `mainKafka`; else check that it"
                                + " is a Kafka broker."));
    }

    @Test
    void tellsATruststoreThatCannotBeUsedHere() {
        assertThat(check(kafka.tlsServers(), tls(certificate.truststore(), StoreType.PKCS12, Secret.of("wrong"))))
                .containsExactly(new OutsideProblem(
                        "The truststore `" + certificate.truststore() + "` does not open with its password.",
                        "Correct `truststorePassword`."));
    }
}
