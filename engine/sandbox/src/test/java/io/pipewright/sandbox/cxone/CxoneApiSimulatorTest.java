package io.pipewright.sandbox.cxone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CxoneApiSimulatorTest {
    private static final ApiAccount ACCOUNT = ApiAccount.sandbox();
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void aTokenOpensTheDataAction() throws Exception {
        try (CxoneApiSimulator api = CxoneApiSimulator.start(ACCOUNT)) {
            HttpResponse<String> given = token(api, "sandbox-client:sandbox-secret", "grant_type=client_credentials");
            JsonNode token = new ObjectMapper().readTree(given.body());
            assertThat(token.path("expires_in").asInt()).isEqualTo(3600);
            assertThat(token.path("scope").asText()).isEqualTo("data_actions:read");

            HttpResponse<String> action =
                    action(api, "interaction-events", token.path("access_token").asText());
            assertThat(action.statusCode()).isEqualTo(200);
            JsonNode properties = new ObjectMapper()
                    .readTree(action.body())
                    .path("outputSchema")
                    .path("properties");
            assertThat(properties.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("interactionId", "channel", "timestamp", "customerId", "status");
            assertThat(api.requests(CxoneApiSimulator.TOKEN_PATH)).isEqualTo(1);
            assertThat(api.requests(api.actionPath())).isEqualTo(1);
        }
    }

    @Test
    void anAccessKeyOpensItToo() throws Exception {
        try (CxoneApiSimulator api = CxoneApiSimulator.start(ACCOUNT)) {
            String form = "grant_type=password&username=sandbox-access-key&password=";
            assertThat(token(api, "sandbox-client:sandbox-secret", form + "sandbox-access-secret")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(token(api, "sandbox-client:sandbox-secret", form + "wrong")
                            .body())
                    .contains("invalid_grant");
        }
    }

    @Test
    void whatIsWrongIsRefusedAsByTheRealOne() throws Exception {
        try (CxoneApiSimulator api = CxoneApiSimulator.start(ACCOUNT);
                CxoneApiSimulator other = CxoneApiSimulator.start(ACCOUNT.withScopes(Set.of("other:read")))) {
            String form = "grant_type=client_credentials";
            assertThat(token(api, "sandbox-client:wrong", form).statusCode()).isEqualTo(401);
            assertThat(token(api, "sandbox-client:sandbox-secret", "").body()).contains("unsupported_grant_type");
            token(api, "sandbox-client:sandbox-secret", form);
            token(other, "sandbox-client:sandbox-secret", form);
            assertThat(action(api, "unknown", "token-1").statusCode()).isEqualTo(404);
            assertThat(action(api, "interaction-events", "token-9").statusCode())
                    .isEqualTo(401);
            assertThat(action(other, "interaction-events", "token-1").statusCode())
                    .isEqualTo(403);
            api.revokeTokens();
            assertThat(action(api, "interaction-events", "token-1").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aTokenExpires() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        try (CxoneApiSimulator api = CxoneApiSimulator.start(ACCOUNT.withTokenLife(Duration.ofSeconds(60)), clock)) {
            token(api, "sandbox-client:sandbox-secret", "grant_type=client_credentials");
            now.set(Instant.ofEpochSecond(59));
            assertThat(action(api, "interaction-events", "token-1").statusCode())
                    .isEqualTo(200);
            now.set(Instant.ofEpochSecond(60));
            assertThat(action(api, "interaction-events", "token-1").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void answersAreGivenAsAskedForAndThenRightly() throws Exception {
        try (CxoneApiSimulator api = CxoneApiSimulator.start(ACCOUNT)) {
            token(api, "sandbox-client:sandbox-secret", "grant_type=client_credentials");
            api.answer(api.actionPath(), ApiAnswer.tooManyRequests(Duration.ofSeconds(2)), 1);
            api.answer(api.actionPath(), ApiAnswer.status(503), 2);
            api.answer(api.actionPath(), ApiAnswer.garbage(), 1);
            HttpResponse<String> first = action(api, "interaction-events", "token-1");
            assertThat(first.statusCode()).isEqualTo(429);
            assertThat(first.headers().firstValue("Retry-After")).contains("2");
            assertThat(action(api, "interaction-events", "token-1").statusCode())
                    .isEqualTo(503);
            assertThat(action(api, "interaction-events", "token-1").statusCode())
                    .isEqualTo(503);
            assertThat(action(api, "interaction-events", "token-1").body()).startsWith("<html>");
            assertThat(action(api, "interaction-events", "token-1").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void itIsSlowAndDropsConnectionsWhenAsked() throws Exception {
        try (CxoneApiSimulator api = CxoneApiSimulator.start(ACCOUNT)) {
            api.answer(api.actionPath(), ApiAnswer.slow(Duration.ofSeconds(30)), 1);
            HttpRequest request = HttpRequest.newBuilder(api.baseUrl().resolve(api.actionPath()))
                    .timeout(Duration.ofMillis(200))
                    .build();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
            api.answerAlways(api.actionPath(), ApiAnswer.dropped());
            assertThatThrownBy(() -> action(api, "interaction-events", "token-1"))
                    .isInstanceOf(IOException.class);
        }
    }

    private HttpResponse<String> token(CxoneApiSimulator api, String client, String form) throws Exception {
        String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
        return this.client.send(
                HttpRequest.newBuilder(api.tokenUrl())
                        .header("Authorization", "Basic " + basic)
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> action(CxoneApiSimulator api, String id, String token) throws Exception {
        return client.send(
                HttpRequest.newBuilder(api.baseUrl().resolve(CxoneApiSimulator.ACTIONS_PATH + id))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
