package io.pipewright.stages.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.spi.option.Secret;
import io.pipewright.stages.avro.AvroOptions.Registry;
import io.pipewright.stages.retry.Backoff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * Asks a schema registry, by the HTTP interface that Confluent's has. What it does not answer is asked again a few times,
 * and then fails the job: without a schema no message can be read or written.
 */
final class SchemaRegistry {

    /** For how long it is not asked again for a schema that it does not have. */
    static final long FORGET_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MediaType CONTENT = MediaType.get("application/vnd.schemaregistry.v1+json");
    private static final int ATTEMPTS = 6;
    private static final int NOT_FOUND = 404;

    private final Registry options;
    private final HttpUrl url;
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(3), new Random());
    private final OkHttpClient client = new OkHttpClient.Builder()
            .connectTimeout(Duration.ofSeconds(5))
            .callTimeout(Duration.ofSeconds(10))
            .build();

    SchemaRegistry(Registry options) {
        this.options = options;
        this.url = HttpUrl.get(options.url().strip());
    }

    /** Thrown if the registry is no help; fails the job. */
    static final class RegistryException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RegistryException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The Avro schema with an id; null if there is none. */
    @Nullable
    String schema(int id) {
        HttpUrl address = url.newBuilder()
                .addPathSegments("schemas/ids")
                .addPathSegment(Integer.toString(id))
                .build();
        JsonNode answer = ask(new Request.Builder().url(address));
        return answer != null && answer.path("schemaType").asText("AVRO").equals("AVRO")
                ? answer.path("schema").asText()
                : null;
    }

    /** The id of a schema under the subject. */
    int id(String schema) {
        String subject = String.valueOf(options.subject());
        HttpUrl.Builder address = url.newBuilder().addPathSegment("subjects").addPathSegment(subject);
        if (options.register()) {
            address.addPathSegment("versions");
        }
        byte[] body = JSON.createObjectNode().put("schema", schema).toString().getBytes(StandardCharsets.UTF_8);
        JsonNode answer = ask(new Request.Builder().url(address.build()).post(RequestBody.create(body, CONTENT)));
        if (answer == null || !answer.path("id").isInt()) {
            throw new RegistryException(
                    "The subject `" + subject + "` of the schema registry at " + server()
                            + " does not have the schema. Add it, or write `register: true`.",
                    null);
        }
        return answer.path("id").asInt();
    }

    private String server() {
        return "`" + url.host() + ":" + url.port() + "`";
    }

    /** The answer; null if it says that there is nothing. */
    private @Nullable JsonNode ask(Request.Builder request) {
        String user = options.username();
        Secret password = options.password();
        if (user != null && password != null) {
            request.header("Authorization", Credentials.basic(user, password.reveal(), StandardCharsets.UTF_8));
        }
        String last = "";
        for (int failed = 0; failed < ATTEMPTS; failed++) {
            if (failed > 0) {
                pause(failed);
            }
            try (Response response = client.newCall(request.build()).execute()) {
                int status = response.code();
                if (status == NOT_FOUND) {
                    return null;
                }
                if (status >= 200 && status < 300) {
                    return json(response.body());
                }
                last = "status " + status;
                if (status < 500 && status != 408 && status != 429) {
                    break;
                }
            } catch (IOException e) {
                last = "no answer (" + e.getClass().getSimpleName() + ")";
            }
        }
        throw new RegistryException(
                "The schema registry at " + server() + " cannot be used: " + last
                        + ". Start it, or correct `registry`.",
                null);
    }

    private JsonNode json(@Nullable ResponseBody body) throws IOException {
        try {
            return JSON.readTree(body == null ? "" : body.string());
        } catch (JsonProcessingException e) {
            throw new RegistryException("The schema registry at " + server() + " does not answer with JSON.", e);
        }
    }

    private void pause(int failed) {
        try {
            TimeUnit.MILLISECONDS.sleep(backoff.millisAfter(failed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("The schema registry at " + server() + " was not waited for.", e);
        }
    }
}
