package io.pipewright.stages.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.LogicalNode;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.plan.PipelineInput.TextFile;
import io.pipewright.sandbox.CassandraServer;
import io.pipewright.sandbox.SandboxHome;
import io.pipewright.sandbox.ServerCertificate;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.stage.Streams;
import io.pipewright.stages.cassandra.CassandraSinkOptions.Writer;
import io.pipewright.stages.cassandra.CassandraSinkPlan.Cluster;
import io.pipewright.stages.tls.StoreType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS to a real Cassandra that speaks nothing else. */
class CassandraTlsTest {

    private static ServerCertificate certificate;
    private static ServerCertificate stranger;
    private static CassandraServer server;

    private final TestSink sink = new TestSink();

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        Path root = Path.of(System.getProperty("pipewright.root"));
        Path target = Files.createDirectories(root.resolve("stages/target/sandboxes"));
        Path place = Files.createTempDirectory(target, "cassandra-tls-");
        certificate = ServerCertificate.make(place.resolve("server"), "ip:127.0.0.1");
        stranger = ServerCertificate.make(place.resolve("stranger"), "ip:127.0.0.1");
        server = CassandraServer.start(SandboxHome.ofProject(root), place.resolve("cassandra"), certificate);
        CqlSession session = open(trusting(certificate));
        for (String statement : WriterJobs.CQL.strip().split(";\\s*")) {
            session.execute(statement);
        }
        CassandraSessions.close(session);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void writeRows() {
        sink.contactPoint = server.hostAndPort();
        sink.cql = WriterJobs.CQL;
        sink.table = "good.rows";
        sink.columns("id", "id", "number", "number", "note", "note");
        sink.tls = trusting(certificate);
    }

    private static CassandraTls trusting(ServerCertificate certificate) {
        return new CassandraTls(
                certificate.truststore().toString(), StoreType.PKCS12, Secret.of(certificate.password()), true);
    }

    private static CqlSession open(CassandraTls tls) throws InterruptedException {
        ContactPoint point = ContactPoint.parse(server.hostAndPort()).orElseThrow();
        Cluster cluster = new Cluster(List.of(point), CassandraServer.DATA_CENTER, null, tls);
        return CassandraSessions.open(cluster, "good", "tls-test", Duration.ofSeconds(30), 1);
    }

    private List<OutsideProblem> check() {
        return new CassandraTableCheck().check(sink.plan(WriterJobs.INPUT));
    }

    private void finds(String problem, String action) {
        assertThat(check()).containsExactly(new OutsideProblem(problem, action));
    }

    private void write(String id) throws Exception {
        StreamExecutionEnvironment environment = WriterJobs.environment();
        List<DataRecord> records = List.of(WriterJobs.row(id, 1, "x"));
        Streams built = new CassandraSinkBuilder()
                .build(
                        sink.plan(WriterJobs.INPUT),
                        Streams.of("from", environment.fromData(records, RecordTypeInfo.of(WriterJobs.INPUT))),
                        new TestBuildContext(WriterJobs.INPUT, sink.policy, 1));
        assertThat(WriterJobs.failures(built)).isEmpty();
    }

    private static boolean isThere(String id) throws InterruptedException {
        CqlSession session = open(trusting(certificate));
        try {
            return session.execute("SELECT id FROM good.rows WHERE id = ?", id).one() != null;
        } finally {
            CassandraSessions.close(session);
        }
    }

    @Test
    void bothWritersAndTheCheckSpeakTlsWithAPasswordThatIsMounted() throws Exception {
        Path password = Files.writeString(folder.resolve("truststore-password"), certificate.password() + "\n");
        sink.tls =
                new CassandraTls(certificate.truststore().toString(), StoreType.PKCS12, Secret.mounted(password), true);
        assertThat(check()).isEmpty();
        write("async");
        sink.writer = Writer.CONNECTOR;
        sink.policy = ErrorPolicy.FAIL;
        write("connector");
        assertThat(isThere("async")).isTrue();
        assertThat(isThere("connector")).isTrue();
    }

    @Test
    void trustsACertificateThatIsWrittenAsText() {
        sink.tls = new CassandraTls(certificate.pem().toString(), StoreType.PEM, null, true);
        assertThat(check()).isEmpty();
    }

    @Test
    void tellsACertificateThatIsNotTrustedAndFailsBothWritersAtOnce() {
        sink.tls = trusting(stranger);
        finds(
                "The certificate of Cassandra at " + server.hostAndPort() + " is not trusted.",
                "Add the certificate of the authority that signed it to `truststore`.");
        assertThatThrownBy(() -> write("a"))
                .hasStackTraceContaining("`table` cannot write: The certificate of Cassandra at " + server.hostAndPort()
                        + " is not trusted.");
        sink.writer = Writer.CONNECTOR;
        sink.policy = ErrorPolicy.FAIL;
        assertThatThrownBy(() -> write("a")).hasStackTraceContaining("TransportException");
    }

    @Test
    void wantsTheHostInTheCertificateUnlessToldOtherwise() {
        sink.contactPoint = server.hostAndPort().replace("127.0.0.1", "localhost");
        finds(
                "The certificate of Cassandra at " + sink.contactPoint + " was issued for another host.",
                "Write the addresses as the servers' certificates name them.");
        sink.writer = Writer.CONNECTOR;
        sink.policy = ErrorPolicy.FAIL;
        assertThatThrownBy(() -> write("other-host")).hasStackTraceContaining("TransportException");
        sink.tls = new CassandraTls(
                certificate.truststore().toString(), StoreType.PKCS12, Secret.of(certificate.password()), false);
        assertThat(check()).isEmpty();
    }

    @Test
    void tellsThatTheServerMayWantTls() {
        sink.tls = null;
        finds(
                "Cassandra at " + server.hostAndPort() + " closes the connection at the first word.",
                "if it wants TLS, add `tls` to the connection; else look into its log.");
    }

    @Test
    void theShippedOverlayAddsTlsToTheShippedPipeline() throws Exception {
        Path pipelines = Path.of("..", "pipelines");
        CqlSession session = open(trusting(certificate));
        String ddl = Files.readString(pipelines.resolve("cxone.cql")).replaceAll("--.*", "");
        for (String statement : ddl.strip().split(";\\s*")) {
            session.execute(statement);
        }
        CassandraSessions.close(session);
        Files.writeString(folder.resolve("cassandra-password"), "ignored where nobody must log in\n");
        PipelineInput input = new PipelineInput(
                file(pipelines.resolve("cxone.yaml")), List.of(file(pipelines.resolve("prod.yaml"))), List.of());
        Map<String, String> environment = Map.of(
                "CASSANDRA_HOSTS",
                server.hostAndPort(),
                "CASSANDRA_CA",
                certificate.pem().toString());
        Checked<LogicalGraph> checked = new PipelineCompiler(
                        PluginCatalog.load(getClass().getClassLoader()))
                .compile(input, new Surroundings(pipelines, environment, false, folder));
        assertThat(checked.diagnostics().all()).isEmpty();
        List<CassandraSinkPlan> plans = checked.orElseThrow().nodes().stream()
                .map(LogicalNode::plan)
                .filter(CassandraSinkPlan.class::isInstance)
                .map(CassandraSinkPlan.class::cast)
                .toList();
        assertThat(plans).hasSize(2).allSatisfy(plan -> assertThat(new CassandraTableCheck().check(plan))
                .isEmpty());
    }

    private static TextFile file(Path path) throws IOException {
        return new TextFile(path.getFileName().toString(), Files.readAllBytes(path));
    }

    @Test
    void tellsATruststoreThatCannotBeUsedHere() {
        sink.tls = new CassandraTls("/nowhere/truststore.p12", StoreType.PKCS12, null, true);
        finds(
                "The truststore `/nowhere/truststore.p12` cannot be read: there is no such file.",
                "Put it there on every machine that connects, or correct `truststore`.");
    }
}
