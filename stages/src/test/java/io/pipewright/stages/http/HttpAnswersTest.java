package io.pipewright.stages.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.answer.Answer;
import io.pipewright.spi.answer.AnswerClient;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.stage.SourceFormatPlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cxone.HttpAuth;
import io.pipewright.stages.harness.ClosedPort;
import io.pipewright.stages.json.JsonFormat;
import io.pipewright.stages.json.JsonOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions to a real HTTP server. */
class HttpAnswersTest {

    private static final RecordType QUESTION =
            RecordType.of("key", Field.of("id", Scalar.STRING), Field.of("year", Scalar.LONG));
    private static final RecordType PROFILE =
            RecordType.of("Profile", Field.of("tier", Scalar.STRING), Field.nullable("discount", Scalar.LONG));

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    private Answer ask(String id) throws Exception {
        return ask("http://127.0.0.1:" + server.getPort() + "/api", id);
    }

    private static Answer ask(String baseUrl, String id) throws Exception {
        SourceFormatPlan json = new JsonFormat()
                .source(new JsonOptions(null), DeclaredRecord.of(PROFILE), (option, message, hint) -> {})
                .orElseThrow();
        Duration limit = Duration.ofSeconds(60);
        HttpAnswersPlan plan = new HttpAnswersPlan(
                baseUrl,
                "/customers/{id}?year={year}",
                QUESTION,
                Map.of("X-Team", "blue"),
                json,
                PROFILE,
                true,
                new HttpAuth.None(),
                new HttpSinkPlan.Limits(limit, limit, limit),
                4);
        try (AnswerClient client = plan.open("known")) {
            return client.ask(DataRecord.of(id, 2024L)).toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void theBodyIsTheRecord() throws Exception {
        server.enqueue(new MockResponse().setBody("{\"tier\": \"GOLD\", \"more\": 1}"));
        assertThat(ask("c1")).isEqualTo(new Answer.Found(DataRecord.of("GOLD", null)));
        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getPath()).isEqualTo("/api/customers/c1?year=2024");
        assertThat(request.getHeader("X-Team")).isEqualTo("blue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a b/c?d=e&f#g%h|a%20b%2Fc%3Fd%3De%26f%23g%25h", "Zoë+*~|Zo%C3%AB%2B%2A~", "../x|..%2Fx", "...|..."
            })
    void aValueCannotLeaveItsPlaceInThePath(String id, String encoded) throws Exception {
        server.enqueue(new MockResponse().setBody("{\"tier\": \"GOLD\"}"));
        assertThat(ask(id)).isInstanceOf(Answer.Found.class);
        assertThat(server.takeRequest().getPath()).isEqualTo("/api/customers/" + encoded + "?year=2024");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void aValueThatWouldAskForAnotherPlaceIsRefused(String id) throws Exception {
        assertThat(ask(id)).isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo("bad-key"));
        assertThat(server.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"404, not there", "410, gone", "204, ''", "200, ' '"})
    void aServerCanSayThatThereIsNothing(int status, String body) throws Exception {
        MockResponse response = new MockResponse().setResponseCode(status);
        server.enqueue(status == 204 ? response : response.setBody(body));
        assertThat(ask("c1")).isEqualTo(new Answer.Nothing());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void aServerCanBeBusy(int status) throws Exception {
        server.enqueue(
                new MockResponse().setResponseCode(status).setHeader("Retry-After", status == 503 ? "7" : "tomorrow"));
        assertThat(ask("c1")).isEqualTo(new Answer.Busy("status " + status, Duration.ofSeconds(status == 503 ? 7 : 0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 400, 401, 403})
    void aServerCanRefuse(int status) throws Exception {
        server.enqueue(new MockResponse().setResponseCode(status).setHeader("Location", "/elsewhere"));
        assertThat(ask("c1"))
                .isEqualTo(new Answer.Refused("refused", "The server answered with status " + status + "."));
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"tier\": |malformed-json", "{\"discount\": 1}|missing-field"})
    void anAnswerThatIsNoSuchRecordIsRefused(String body, String code) throws Exception {
        server.enqueue(new MockResponse().setBody(body));
        assertThat(ask("c1")).isInstanceOfSatisfying(Answer.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused.reason()).startsWith("The answer is malformed: ");
        });
    }

    @Test
    void anAnswerThatBreaksOffIsSilence() throws Exception {
        server.enqueue(new MockResponse()
                .setBody("{\"tier\": \"GOLD\"}")
                .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
        assertThat(ask("c1")).isInstanceOf(Answer.Silent.class);
    }

    @Test
    void nobodyThereIsSilence() throws Exception {
        try (ClosedPort nobody = new ClosedPort()) {
            assertThat(ask("http://127.0.0.1:" + nobody.number(), "c1"))
                    .isEqualTo(new Answer.Silent("no answer (ConnectException)"));
        }
    }
}
