package io.pipewright.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipewright.sandbox.FlinkCluster;
import io.pipewright.sandbox.FlinkRest;
import io.pipewright.sandbox.Poll;
import io.pipewright.sandbox.SandboxException;
import io.pipewright.sandbox.SandboxTopics;
import io.pipewright.sandbox.cxone.CxoneTables;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A submitted job, driven to definite places: a watermark, a checkpoint, the end of its topic. */
final class PipelineJob {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final FlinkCluster cluster;
    private final FlinkRest rest;
    private final String id;

    PipelineJob(FlinkCluster cluster, String id) {
        this.cluster = cluster;
        this.rest = cluster.rest();
        this.id = id;
    }

    String name() {
        return rest.get("/jobs/" + id).path("name").asText();
    }

    /** The names of all operators, also of those that are chained, without what Flink puts before them. */
    List<String> operators() {
        List<String> names = new ArrayList<>();
        for (JsonNode vertex : rest.get("/jobs/" + id).path("vertices")) {
            for (String name : vertex.path("name").asText().split(" -> |[()] ?, ?| , ")) {
                names.add(name.replaceFirst("^[( ]*(Source: |Sink: )?", "").strip());
            }
        }
        return names;
    }

    int checkpoints() {
        return rest.completedCheckpoints(id);
    }

    void awaitRunning() throws InterruptedException {
        Poll.until("all tasks run", PATIENCE, () -> rest.allTasksRun(id));
    }

    /** Waits until some events are through every operator. */
    void awaitBegun() throws InterruptedException {
        Poll.until("every operator has a watermark", PATIENCE, () -> rest.lowestWatermark(id) > Long.MIN_VALUE);
    }

    void awaitWatermark(Instant time) throws InterruptedException {
        Poll.until("the watermark is at " + time, PATIENCE, () -> rest.lowestWatermark(id) >= time.toEpochMilli());
    }

    /** Has a checkpoint taken now, and waits until it is complete. */
    void checkpoint() throws InterruptedException {
        int before = checkpoints();
        try {
            HttpRequest request = HttpRequest.newBuilder(cluster.address().resolve("/jobs/" + id + "/checkpoints"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"checkpointType\":\"FULL\"}"))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new SandboxException("Flink took no checkpoint: " + answer.body());
            }
        } catch (IOException e) {
            throw new SandboxException("Flink does not answer.", e);
        }
        Poll.until("the checkpoint is complete", PATIENCE, () -> checkpoints() > before);
    }

    /** Waits until the source has read what the topic holds; each partition has got records since the last restore. */
    void awaitConsumed(SandboxTopics topics) throws InterruptedException {
        Map<Integer, Long> ends = topics.endOffsets(CxoneTables.EVENTS_TOPIC);
        Poll.until("the source is at " + ends, PATIENCE, () -> ends.entrySet().stream()
                .allMatch(end -> offset(end.getKey()) == end.getValue() - 1));
    }

    /** The offset of the last record that the source has read of a partition, -1 if of none. */
    private long offset(int partition) {
        String suffix = ".topic." + CxoneTables.EVENTS_TOPIC + ".partition." + partition + ".currentOffset";
        for (JsonNode vertex : rest.get("/jobs/" + id).path("vertices")) {
            String path = "/jobs/" + id + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
            for (JsonNode metric : rest.get(path)) {
                String name = metric.path("id").asText();
                if (name.endsWith(suffix)) {
                    String query = "?agg=max&get=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
                    return rest.get(path + query).path(0).path("max").asLong(-1);
                }
            }
        }
        return -1;
    }

    /** Kills a TaskManager, and starts it again once the job has noticed. */
    void loseTaskManager(int number) throws InterruptedException {
        cluster.killTaskManager(number);
        Poll.until("the job has noticed", PATIENCE, () -> !rest.allTasksRun(id));
        cluster.startTaskManager(number);
        awaitRunning();
    }

    /** Ends the job with a final watermark. */
    void drain() throws InterruptedException {
        String output = cluster.stop(id, true).output();
        Poll.until("the job has ended: " + output, PATIENCE, () -> rest.jobState(id)
                .equals("FINISHED"));
    }
}
