package io.pipewright.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.definition.Literals;
import io.pipewright.definition.Literals.LiteralException;
import io.pipewright.definition.VarDefinition;
import io.pipewright.flink.JobFailure;
import io.pipewright.flink.JobRunner;
import io.pipewright.flink.LocalJob;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.sandbox.CassandraRows;
import io.pipewright.sandbox.EventFeeder;
import io.pipewright.sandbox.FlinkRest;
import io.pipewright.sandbox.SandboxHome;
import io.pipewright.sandbox.SandboxServers;
import io.pipewright.sandbox.SandboxTopics;
import io.pipewright.sandbox.cxone.ApiAccount;
import io.pipewright.sandbox.cxone.CxoneApiSimulator;
import io.pipewright.sandbox.cxone.CxoneComparison;
import io.pipewright.sandbox.cxone.CxoneOracle;
import io.pipewright.sandbox.cxone.CxoneParameters;
import io.pipewright.sandbox.cxone.CxoneResults;
import io.pipewright.sandbox.cxone.CxoneTables;
import io.pipewright.sandbox.cxone.FeedPhase;
import io.pipewright.sandbox.cxone.GeneratedFeed;
import io.pipewright.sandbox.cxone.GeneratorOptions;
import io.pipewright.sandbox.cxone.InteractionGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** One run of the demo: servers, events, the pipeline, and the comparison of what it wrote with the oracle. */
final class Demo implements AutoCloseable {

    private static final String PIPELINE = "pipelines/cxone.yaml";
    private static final int PARTITIONS = 2;

    private final Path home;
    private final PipelineOptions options;
    private final int events;
    private final long seed;
    private final PrintWriter out;
    private final Path folder;
    private final Cleanup cleanup;
    private final Stopwatch stopwatch = new Stopwatch();

    Demo(Path home, PipelineOptions options, int events, long seed, PrintWriter out) {
        this.home = home;
        this.options = options;
        this.events = events;
        this.seed = seed;
        this.out = out;
        this.folder = home.resolve(".pipewright/demo-" + ProcessHandle.current().pid());
        this.cleanup = new Cleanup(folder);
    }

    DemoReport run() throws IOException, JobFailure, InterruptedException {
        // What is wrong with the flags is said before servers are started for nothing.
        options.load(home.resolve(PIPELINE), false, System.getenv(), out);
        Files.createDirectories(folder);
        say("Starting Kafka and Cassandra …");
        SandboxServers servers = cleanup.add(SandboxServers.start(SandboxHome.ofProject(home), folder));
        CxoneApiSimulator api = cleanup.add(CxoneApiSimulator.start(ApiAccount.sandbox()));
        SandboxTopics topics = cleanup.add(new SandboxTopics(servers.kafka().bootstrapServers()));
        CassandraRows cassandra =
                cleanup.add(CassandraRows.connect(servers.cassandra().contactPoint()));
        CxoneTables.createTopics(topics, PARTITIONS);
        cassandra.runScript(home.resolve("pipelines/cxone.cql"));
        stopwatch.lap("servers");
        say("Kafka at " + servers.kafka().bootstrapServers() + ", Cassandra at "
                + servers.cassandra().hostAndPort() + ", CXone API at " + api.baseUrl() + ".");

        LogicalGraph graph = options.load(home.resolve(PIPELINE), true, environment(servers, api), out);
        CxoneParameters parameters = parameters(graph);
        GeneratedFeed feed = InteractionGenerator.generate(generator(parameters));
        CxoneResults expected = CxoneOracle.expect(feed, parameters);
        OutsideWorld.require(graph, out);
        LocalJob job = cleanup.add(JobRunner.runHere(graph, PluginLoader.jars(), folder, 0));
        stopwatch.lap("submitted");
        say("`cxone` runs, web UI at " + job.webUi());

        JobProgress progress = new JobProgress(graph, new FlinkRest(job.webUi()), job.id(), out, stopwatch);
        feed(feed, servers.kafka().bootstrapServers(), job, progress);
        say("All events are processed; draining the job …");
        job.drain();
        stopwatch.lap("drained");
        CxoneResults found = CxoneTables.read(cassandra, topics);
        return new DemoReport(feed, expected, found, CxoneComparison.of(expected, found), stopwatch);
    }

    private void feed(GeneratedFeed feed, String bootstrapServers, LocalJob job, JobProgress progress)
            throws JobFailure, InterruptedException {
        long fed = 0;
        try (EventFeeder feeder = new EventFeeder(bootstrapServers, CxoneTables.EVENTS_TOPIC)) {
            for (FeedPhase phase : feed.phases()) {
                if (phase.afterWatermark().isPresent()) {
                    progress.awaitWatermark(job, phase.afterWatermark().get(), feed.size());
                }
                feeder.feed(phase.records());
                fed += phase.records().size();
                progress.awaitConsumed(job, fed, feed.size());
            }
        }
        stopwatch.lap("consumed");
    }

    private GeneratorOptions generator(CxoneParameters parameters) {
        Duration late = parameters.volumeWindow().multipliedBy(2);
        Duration least = Duration.ofSeconds(60);
        GeneratorOptions defaults = GeneratorOptions.of(events, seed, parameters.now());
        return defaults.withPartitions(PARTITIONS)
                .withLate(defaults.lateShare(), late.compareTo(least) > 0 ? late : least);
    }

    private static Map<String, String> environment(SandboxServers servers, CxoneApiSimulator api) {
        ApiAccount account = ApiAccount.sandbox();
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("KAFKA_BOOTSTRAP", servers.kafka().bootstrapServers());
        environment.put("CASSANDRA_HOSTS", servers.cassandra().hostAndPort());
        environment.remove("CASSANDRA_DC");
        environment.put("CXONE_API", api.baseUrl().toString().replaceAll("/$", ""));
        environment.put("CXONE_TOKEN_URL", api.tokenUrl().toString());
        environment.put("CXONE_CLIENT_ID", account.clientId());
        environment.put("CXONE_CLIENT_SECRET", account.clientSecret());
        environment.put("CXONE_ACTION_ID", account.actionId());
        return environment;
    }

    /** What the oracle must know, as the pipeline has it after {@code --set}. */
    private static CxoneParameters parameters(LogicalGraph graph) throws IOException {
        CxoneParameters defaults = CxoneParameters.defaults(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        JsonNode pipeline = new ObjectMapper().readTree(graph.definition().resolved());
        JsonNode steps = pipeline.path("stages").path("repeatedFailures").path("steps");
        return defaults.withVolumeWindow(duration(graph, "volumeWindow"))
                .withFailureWithin(duration(graph, "failureWithin"))
                .withFailures(Integer.parseInt(steps.path(0).path("times").asText("3")));
    }

    private static Duration duration(LogicalGraph graph, String variable) {
        VarDefinition found = graph.definition().vars().get(variable);
        try {
            return Literals.duration(found == null ? "" : found.text());
        } catch (LiteralException e) {
            throw new CommandFailure(ExitCode.FINDINGS, "The demo needs the variable `" + variable + "`.");
        }
    }

    /** Keeps the servers until the user ends the process. */
    void waitForInterrupt() throws InterruptedException {
        say("The servers stay until Ctrl-C.");
        new CountDownLatch(1).await();
    }

    private void say(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void close() {
        cleanup.close();
    }
}
