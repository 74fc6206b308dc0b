package io.pipewright.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a Flink cluster or a local Flink with web UI over its REST interface. */
public final class FlinkRest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ObjectMapper json = new ObjectMapper();

    /** Asks the given address, such as {@code http://127.0.0.1:8081}. */
    public FlinkRest(URI address) {
        this.address = address;
    }

    /**
     * The answer to a GET.
     *
     * @param path with the slash, such as {@code /jobs/overview}
     * @throws SandboxException if nobody answers, or not with 200
     */
    public JsonNode get(String path) {
        return send(path, HttpRequest.newBuilder(address.resolve(path)).GET());
    }

    /** Cancels a job: it ends without a savepoint and without draining. */
    public void cancel(String jobId) {
        String path = "/jobs/" + jobId + "?mode=cancel";
        send(path, HttpRequest.newBuilder(address.resolve(path)).method("PATCH", HttpRequest.BodyPublishers.noBody()));
    }

    /** The state of a job, such as {@code RUNNING} or {@code FINISHED}. */
    public String jobState(String jobId) {
        return get("/jobs/" + jobId).path("state").asText();
    }

    /**
     * Whether every subtask of a job is running. A job whose state is {@code RUNNING} may still wait for slots, also after
     * a failure.
     */
    public boolean allTasksRun(String jobId) {
        JsonNode vertices = get("/jobs/" + jobId).path("vertices");
        for (JsonNode vertex : vertices) {
            if (vertex.path("tasks").path("RUNNING").asInt()
                    < vertex.path("parallelism").asInt()) {
                return false;
            }
        }
        return !vertices.isEmpty();
    }

    /** How many checkpoints of a job have completed since it was submitted. */
    public int completedCheckpoints(String jobId) {
        return get("/jobs/" + jobId + "/checkpoints")
                .path("counts")
                .path("completed")
                .asInt();
    }

    /**
     * The lowest watermark that any subtask of a job has been told, in milliseconds; {@link Long#MIN_VALUE} while one has
     * been told none. Sources, which are told none, do not count. Flink renews the value every 10 s unless
     * {@code metrics.fetcher.update-interval} says otherwise; a {@link FlinkCluster} says 1 s.
     */
    public long lowestWatermark(String jobId) {
        long lowest = Long.MAX_VALUE;
        for (JsonNode vertex : get("/jobs/" + jobId).path("vertices")) {
            String path = "/jobs/" + jobId + "/vertices/" + vertex.path("id").asText() + "/watermarks";
            if (vertex.path("name").asText().startsWith("Source: ")) {
                continue;
            }
            JsonNode subtasks = get(path);
            if (subtasks.size() < vertex.path("parallelism").asInt()) {
                return Long.MIN_VALUE;
            }
            for (JsonNode subtask : subtasks) {
                lowest = Math.min(lowest, Long.parseLong(subtask.path("value").asText()));
            }
        }
        return lowest == Long.MAX_VALUE ? Long.MIN_VALUE : lowest;
    }

    /** How many task slots the registered TaskManagers have together. */
    public int slots() {
        return get("/overview").path("slots-total").asInt();
    }

    private JsonNode send(String path, HttpRequest.Builder request) {
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new SandboxException(
                        "Flink answered " + response.statusCode() + " to " + path + ": " + response.body());
            }
            return json.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (IOException e) {
            throw new SandboxException("Flink does not answer at " + address.resolve(path) + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("Interrupted while asking Flink for " + path + ".", e);
        }
    }
}
