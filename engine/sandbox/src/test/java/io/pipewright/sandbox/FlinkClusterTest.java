package io.pipewright.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
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

    private static String page(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
