package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.CommandResult;
import io.pipewright.sandbox.EventFeeder;
import io.pipewright.sandbox.FlinkCluster;
import io.pipewright.sandbox.FlinkClusterOptions;
import io.pipewright.sandbox.Poll;
import io.pipewright.sandbox.SandboxHome;
import io.pipewright.sandbox.cxone.ApiAccount;
import io.pipewright.sandbox.cxone.CxoneApiSimulator;
import io.pipewright.sandbox.cxone.CxoneComparison;
import io.pipewright.sandbox.cxone.CxoneOracle;
import io.pipewright.sandbox.cxone.CxoneParameters;
import io.pipewright.sandbox.cxone.CxoneTables;
import io.pipewright.sandbox.cxone.FeedPhase;
import io.pipewright.sandbox.cxone.GeneratedFeed;
import io.pipewright.sandbox.cxone.GeneratorOptions;
import io.pipewright.sandbox.cxone.InteractionGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code flink run engine.jar} on a standalone cluster whose TaskManagers are killed. */
@ExtendWith(LiveServers.Resolver.class)
@Order(1)
class ClusterIT {

    private static final Path CLASSES = TestPlace.folder("classes");

    private static final String REFUSED_CHECKS =
            """
            connections:
              wrongSecret:
                type: http
                baseUrl: ${env:CXONE_API}
                auth:
                  type: oauth2
                  grant: clientCredentials
                  tokenUrl: ${env:CXONE_TOKEN_URL}
                  clientId: ${env:CXONE_CLIENT_ID}
                  clientSecret: ${env:WRONG_SECRET}
                  scopes: ["data_actions:read"]
              scopeless:
                type: http
                baseUrl: ${env:SCOPELESS_CXONE_API}
                auth:
                  type: oauth2
                  grant: clientCredentials
                  tokenUrl: ${env:SCOPELESS_CXONE_TOKEN_URL}
                  clientId: ${env:CXONE_CLIENT_ID}
                  clientSecret: ${env:CXONE_CLIENT_SECRET}
                  scopes: ["data_actions:read"]
            checks:
              wrongSecret:
                type: httpContract
                connection: wrongSecret
                path: /api/v2/data-actions/${env:CXONE_ACTION_ID}
              noAction: {type: httpContract, connection: cxoneApi, path: /api/v2/data-actions/no-action}
              scopeless:
                type: httpContract
                connection: scopeless
                path: /api/v2/data-actions/${env:CXONE_ACTION_ID}
            """;

    private static FlinkCluster cluster;

    /** Each TaskManager has one slot, so that a job of parallelism 2 needs both. */
    @BeforeAll
    static void startCluster() {
        cluster = FlinkCluster.start(
                SandboxHome.ofProject(TestPlace.root()),
                TestPlace.folder("flink"),
                FlinkClusterOptions.of(2, 1)
                        .with("web.refresh-interval", "500")
                        .withEnvironment("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + CLASSES + "/%p.log"));
    }

    @AfterAll
    static void closeCluster() {
        cluster.close();
    }

    @Test
    void tablesAreTheOraclesAfterTwoKills(LiveServers live) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        GeneratedFeed feed = InteractionGenerator.generate(
                GeneratorOptions.of(6_000, 11, now).withRounds(2));
        List<FeedPhase> phases = feed.phases();
        assertThat(phases).hasSize(4);

        Path checkpoints = TestPlace.folder("checkpoints");
        PipelineJob job = new PipelineJob(cluster, FlinkCluster.jobId(submit(live, checkpoints)));
        assertThat(job.name()).isEqualTo("cxone");
        assertNamedAfterStages(job.operators());
        String bootstrap = live.servers().kafka().bootstrapServers();
        try (EventFeeder feeder = new EventFeeder(bootstrap, CxoneTables.EVENTS_TOPIC)) {
            feeder.feed(phases.get(0).records());
            job.awaitRunning();
            job.awaitBegun();
            assertThat(job.checkpoints()).isZero();
            job.loseTaskManager(0);
            assertThat(job.checkpoints()).isZero();
            job.awaitWatermark(phases.get(1).afterWatermark().orElseThrow());

            job.checkpoint();
            assertThat(checkpoints).isDirectoryRecursivelyContaining("glob:**/chk-*/_metadata");
            job.loseTaskManager(1);
            // Nothing moves the watermark before these: only the restored state knows that they are late.
            feeder.feed(phases.get(1).records());
            job.awaitConsumed(live.topics());
            assertOnlyTheEngineIsLoaded(0);
            assertOnlyTheEngineIsLoaded(1);

            feeder.feed(phases.get(2).records());
            job.awaitWatermark(phases.get(3).afterWatermark().orElseThrow());
            feeder.feed(phases.get(3).records());
            job.awaitConsumed(live.topics());
        }
        job.drain();
        CxoneComparison comparison = CxoneComparison.of(
                CxoneOracle.expect(feed, CxoneParameters.defaults(now)),
                CxoneTables.read(live.cassandra(), live.topics()));
        assertThat(comparison.isEqual()).as(comparison.text()).isTrue();
    }

    /**
     * Checkpoints are taken when the test says so, and never by the clock. No partition counts as idle between two phases:
     * the one that woke up first would move the watermark alone, past the other's events.
     */
    private static CommandResult submit(LiveServers live, Path checkpoints) throws IOException {
        Path overlay = Files.writeString(
                TestPlace.folder("overlay").resolve("checkpoints.yaml"),
                "runtime: {checkpoint: {dir: \"" + checkpoints + "\"}}\n");
        return run(
                live.environment(),
                "--pipeline",
                TestPlace.pipeline().toString(),
                "--overlay",
                overlay.toString(),
                "--set",
                "maxRate=1500/s",
                "--set",
                "runtime.checkpoint.every=1h",
                "--set",
                "runtime.checkpoint.minPause=1h",
                "--set",
                "sources.events.eventTime.idleAfter=1h");
    }

    private static CommandResult run(Map<String, String> environment, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("run", "-d", TestPlace.engineJar().toString()));
        words.addAll(Arrays.asList(arguments));
        return cluster.flink(environment, words.toArray(String[]::new));
    }

    private static void assertNamedAfterStages(List<String> operators) {
        Set<String> ids = Set.of(
                "events",
                "routing",
                "volumes",
                "identified",
                "enriched",
                "repeatedFailures",
                "volumesTable",
                "alertsTable",
                "lateRecords",
                "deadLetters");
        assertThat(operators).allSatisfy(name -> assertThat(ids).contains(name.split("[^A-Za-z]")[0]));
        assertThat(operators.stream().map(name -> name.split("[^A-Za-z]")[0])).containsAll(ids);
    }

    /** The classes that a TaskManager has loaded since its last start, each with its place. */
    private static String loaded(int taskManager) throws IOException {
        return Files.readString(CLASSES.resolve(cluster.taskManagerPid(taskManager) + ".log"));
    }

    /** What checks expressions and documents stays where the pipeline was submitted. */
    private static void assertOnlyTheEngineIsLoaded(int taskManager) throws IOException {
        List<String> loaded = loaded(taskManager).lines().toList();
        assertThat(loaded).anyMatch(line -> line.contains(" io.pipewright.stages."));
        assertThat(loaded)
                .noneMatch(line -> line.contains(" dev.cel.")
                        || line.contains(" org.everit.")
                        || line.contains(" io.pipewright.schema.")
                        || line.contains(" io.pipewright.yaml."));
    }

    /** The jar of the plugin is on the client's machine alone; the cluster gets it with the job. */
    @Test
    void aPluginGoesToTheClusterWithTheJob() throws Exception {
        ExampleStage stage = ExampleStage.build();
        Path rows = TestPlace.folder("plugin-cluster").resolve("rows");
        String plugins = stage.plugins().toString();
        CommandResult submitted = run(
                Map.of(),
                "--pipeline",
                stage.pipeline().toString(),
                "--plugins",
                plugins,
                "--overlay",
                stage.overlay(rows).toString());
        String job = FlinkCluster.jobId(submitted);
        Poll.until("the job has ended", Duration.ofSeconds(180), () -> cluster.rest()
                .jobState(job)
                .equals("FINISHED"));
        ExampleStage.assertRows(rows);
        assertThat(loaded(0) + loaded(1)).doesNotContain(plugins);
        // An archive of classes, which the cluster of an earlier run has made, may have it too.
        assertThat(loaded(0) + loaded(1))
                .containsPattern(
                        "com\\.example\\.onchange\\.OnChangeOperator source: (file:.*/blob|shared objects file)");
        assertThat(new PipelineJob(cluster, job).operators()).contains("changes (onChange last)");
    }

    @Test
    void whatCannotBeSubmittedIsSaidInOneSentence(LiveServers live) {
        String pipeline = TestPlace.pipeline().toString();
        refused(live.environment(), ExitCode.USAGE, List.of("--speed"), "--pipeline", pipeline, "--speed", "3");
        Map<String, String> noBroker = live.environment();
        noBroker.remove("KAFKA_BOOTSTRAP");
        refused(noBroker, ExitCode.FINDINGS, List.of("cxone.yaml:15:", "`KAFKA_BOOTSTRAP`"), "--pipeline", pipeline);
    }

    /** All in one submission, which starts a JVM: a topic, a cluster, a password, a data action and a scope. */
    @Test
    void whatServersLackOrRefuseIsSaidBeforeTheSubmission(LiveServers live) throws Exception {
        Map<String, String> environment = live.environment("CASSANDRA_HOSTS", "127.0.0.1:1");
        environment.put("WRONG_SECRET", "wrong");
        Path overlay = TestPlace.folder("refused").resolve("overlay.yaml");
        try (CxoneApiSimulator scopeless =
                CxoneApiSimulator.start(ApiAccount.sandbox().withScopes(Set.of()))) {
            LiveServers.accountOf(scopeless).forEach((name, value) -> environment.put("SCOPELESS_" + name, value));
            Files.writeString(overlay, REFUSED_CHECKS);
            refused(
                    environment,
                    ExitCode.OUTSIDE,
                    List.of(
                            "no topic `no-topic`",
                            "--create",
                            "Cassandra at 127.0.0.1:1 does not answer",
                            "`wrongSecret`",
                            "401",
                            "`noAction`",
                            "404",
                            "no-action",
                            "`scopeless`",
                            "403",
                            "data_actions:read"),
                    "--pipeline",
                    TestPlace.pipeline().toString(),
                    "--overlay",
                    overlay.toString(),
                    "--set",
                    "sinks.lateRecords.topic=no-topic");
        }
    }

    /** The submission ends with the exit code and the message, and the cluster has no job more. */
    private static void refused(Map<String, String> environment, int exitCode, List<String> told, String... arguments) {
        int before = cluster.rest().get("/jobs/overview").path("jobs").size();
        CommandResult result = run(environment, arguments);
        assertThat(result.exitCode()).as(result.output()).isEqualTo(exitCode);
        assertThat(result.output()).contains(told);
        BadInputIT.assertNoStackTrace(result.output());
        assertThat(cluster.rest().get("/jobs/overview").path("jobs").size()).isEqualTo(before);
    }
}
