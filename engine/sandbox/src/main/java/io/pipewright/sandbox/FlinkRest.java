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

    /** How many checkpoints of a job have completed since it was submitted. */
    public int completedCheckpoints(String jobId) {
        return get("/jobs/" + jobId + "/checkpoints")
                .path("counts")
                .path("completed")
                .asInt();
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
