package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class FlinkClusterTest {

    @Test
    void aKilledTaskManagerTakesItsSlotsAndBringsThemBack() throws Exception {
        try (FlinkCluster cluster =
                FlinkCluster.start(TestPlace.home(), TestPlace.folder("flink"), FlinkClusterOptions.of(2, 2))) {
            assertThat(cluster.rest().slots()).isEqualTo(4);
            assertThat(page(cluster.address().resolve("/"))).contains("Apache Flink Web Dashboard");

            long killed = cluster.taskManagerPid(1);
            cluster.killTaskManager(1);
            assertThat(ProcessHandle.of(killed)).isEmpty();
            cluster.awaitSlots(2);

            cluster.startTaskManager(1);
            cluster.awaitSlots(4);

            CommandResult list = cluster.flink(Map.of(), "list");
            assertThat(list.exitCode()).as(list.output()).isZero();
            assertThat(list.output()).contains("No running jobs.");
            CommandResult missing = cluster.submit(Path.of("nowhere.jar"));
            assertThat(missing.exitCode()).isNotZero();
            assertThat(missing.output()).contains("nowhere.jar");
        }
    }

    @Test
    void aSubmittedJobSurvivesTheDeathOfItsTaskManagerAndEndsByDraining() throws Exception {
        Path folder = TestPlace.folder("flink-job");
        Path jar = JobJar.build(TestPlace.home().jars("flink"), folder);
        FlinkClusterOptions options = FlinkClusterOptions.of(1, 1)
                .with("execution.checkpointing.interval", "500ms")
                .with("restart-strategy.type", "fixed-delay")
                .with("restart-strategy.fixed-delay.attempts", "1000")
                .with("restart-strategy.fixed-delay.delay", "200ms")
                .withEnvironment("GREETING", "hello");
        try (FlinkCluster cluster = FlinkCluster.start(TestPlace.home(), folder, options)) {
            FlinkRest rest = cluster.rest();
            String job = FlinkCluster.jobId(cluster.submit(jar, "first", "second"));
            assertThat(rest.get("/jobs/" + job).path("name").asText()).isEqualTo("hello first second");
            await("a checkpoint", () -> rest.completedCheckpoints(job) > 0);
            await("a watermark", () -> rest.lowestWatermark(job) > 1_000);

            cluster.killTaskManager(0);
            await("the job has noticed", () -> !rest.allTasksRun(job));
            cluster.startTaskManager(0);
            await("the job runs again", () -> rest.allTasksRun(job));
            int before = rest.completedCheckpoints(job);
            await("one more checkpoint", () -> rest.completedCheckpoints(job) > before);

            CommandResult stopped = cluster.stop(job, true);
            assertThat(stopped.exitCode()).as(stopped.output()).isZero();
            // What Flink answers about a job may be some seconds old.
            await("the job has ended", () -> rest.jobState(job).equals("FINISHED"));
            String savepoint = FlinkCluster.savepointPath(stopped);

            String restored = FlinkCluster.jobId(cluster.restore(savepoint, jar, "again"));
            await("a checkpoint of the restored job", () -> rest.completedCheckpoints(restored) > 0);
            CommandResult taken = cluster.savepoint(restored);
            assertThat(taken.exitCode()).as(taken.output()).isZero();
            assertThat(FlinkCluster.savepointPath(taken)).isNotEqualTo(savepoint);
            rest.cancel(restored);
            await("the job is cancelled", () -> rest.jobState(restored).equals("CANCELED"));
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Poll.until(what, Duration.ofSeconds(180), condition);
    }

    private static String page(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
