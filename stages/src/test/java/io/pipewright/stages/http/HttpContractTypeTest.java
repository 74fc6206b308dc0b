package io.pipewright.stages.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.ConnectionRef;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.record.DeclaredField;
import io.pipewright.spi.record.DeclaredRecord;
import io.pipewright.spi.record.TimestampFormat;
import io.pipewright.spi.record.UnknownFields;
import io.pipewright.spi.stage.CheckType;
import io.pipewright.spi.stage.OutsideCheck.OutsideProblem;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.ClosedPort;
import io.pipewright.stages.http.HttpConnectionOptions.OAuth2;
import io.pipewright.stages.http.HttpConnectionOptions.OAuth2.Grant;
import io.pipewright.stages.http.HttpContractOptions.OutputMatches;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpContractTypeTest {

    private static final String PATH = "/api/v2/data-actions/42";
    private static final RecordType INTERACTION = RecordType.of(
            "Interaction",
            Field.of("interactionId", Scalar.STRING),
            Field.of("timestamp", Scalar.TIMESTAMP),
            Field.nullable("customerId", Scalar.STRING));
    private static final String FITTING =
            """
            "interactionId": {"type": "string"}, "timestamp": {"type": "integer"},
            "customerId": {"type": ["string", "null"]}""";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getPort() + path;
    }

    private HttpConnectionOptions connection() {
        OAuth2 auth = new OAuth2(
                Grant.CLIENT_CREDENTIALS,
                url("/oauth/token"),
                "me",
                Secret.of("s3cr3t"),
                List.of("data_actions:read"),
                null,
                null);
        return new HttpConnectionOptions(url(""), auth, null, null);
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse().setResponseCode(status).setBody(body);
    }

    private void enqueue(MockResponse answer) {
        server.enqueue(json(200, "{\"access_token\":\"abc\",\"expires_in\":3600}"));
        server.enqueue(answer);
    }

    private static HttpContractOptions options(int status, @Nullable OutputMatches matches) {
        return new HttpContractOptions(new ConnectionRef("api", "connection"), PATH, status, matches);
    }

    private static OutputMatches matches(@Nullable List<String> except) {
        return new OutputMatches(new RecordRef("Interaction", "outputMatches.record"), except);
    }

    private static CheckType.OutsideQuestion question(
            HttpConnectionOptions connection, HttpContractOptions options, DeclaredRecord record) {
        FoundProblems problems = new FoundProblems(connection, record);
        CheckType.OutsideQuestion question =
                new HttpContractType().plan(options, problems).orElseThrow();
        assertThat(problems.found).isEmpty();
        return question;
    }

    private List<OutsideProblem> ask(HttpContractOptions options, DeclaredRecord record) {
        return question(connection(), options, record).ask();
    }

    private List<OutsideProblem> askForOutput(String properties, @Nullable List<String> except) {
        return askForOutput(properties, except, DeclaredRecord.of(INTERACTION));
    }

    private List<OutsideProblem> askForOutput(String properties, @Nullable List<String> except, DeclaredRecord record) {
        enqueue(json(200, "{\"outputSchema\": {\"type\": \"object\", \"properties\": {" + properties + "}}}"));
        return ask(options(200, matches(except)), record);
    }

    private static List<String> refused(HttpContractOptions options) {
        FoundProblems problems = new FoundProblems(
                new HttpConnectionOptions("https://a.org", null, null, null), DeclaredRecord.of(INTERACTION));
        assertThat(new HttpContractType().plan(options, problems)).isEmpty();
        return problems.found;
    }

    @Test
    void isContentWithTheStatusThatIsExpected() throws Exception {
        enqueue(json(200, "{}"));
        assertThat(ask(options(200, null), DeclaredRecord.of(INTERACTION))).isEmpty();
        assertThat(server.takeRequest().getPath()).isEqualTo("/oauth/token");
        RecordedRequest request = server.takeRequest();
        assertThat(request.getPath()).isEqualTo(PATH);
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer abc");
    }

    @Test
    void saysWhatToDoAboutAnUnknownAction() {
        enqueue(json(404, "{}"));
        assertThat(ask(options(200, null), DeclaredRecord.of(INTERACTION)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.message()).contains("Unknown data action id `42`");
                    assertThat(problem.hint()).contains("check the id");
                });
    }

    @Test
    void saysWhatToDoAboutWrongCredentialsAndAMissingScope() {
        server.enqueue(json(401, "{\"error\":\"invalid_client\"}"));
        assertThat(ask(options(200, matches(null)), DeclaredRecord.of(INTERACTION)))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.message()).contains("401").doesNotContain("s3cr3t"));
        enqueue(json(403, "{}"));
        assertThat(ask(options(200, matches(null)), DeclaredRecord.of(INTERACTION)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("`data_actions:read`"));
    }

    @Test
    void namesAStatusOtherThanTheExpected() {
        enqueue(json(202, "{}"));
        assertThat(ask(options(200, null), DeclaredRecord.of(INTERACTION)))
                .extracting(OutsideProblem::message)
                .containsExactly("`" + PATH + "` answers with status 202, not 200.");
        enqueue(json(404, "{}"));
        assertThat(ask(options(404, null), DeclaredRecord.of(INTERACTION))).isEmpty();
    }

    @Test
    void isUnreachableWithASentenceWhenNothingListens() throws IOException {
        try (ClosedPort nobody = new ClosedPort()) {
            HttpConnectionOptions connection = new HttpConnectionOptions(
                    "http://127.0.0.1:" + nobody.number(),
                    null,
                    null,
                    new HttpConnectionOptions.Retry(
                            1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(10)));
            assertThat(question(connection, options(200, null), DeclaredRecord.of(INTERACTION))
                            .ask())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("does not accept connections"));
        }
    }

    @Test
    void findsThatTheOutputFitsTheRecord() {
        assertThat(askForOutput(FITTING, null)).isEmpty();
        assertThat(askForOutput(FITTING + ", \"more\": {\"type\": \"object\"}", null))
                .isEmpty();
    }

    @Test
    void namesEveryFieldThatTheOutputLacks() {
        assertThat(askForOutput("\"timestamp\": {\"type\": \"string\"}", null))
                .extracting(OutsideProblem::message)
                .containsExactly("The output of `" + PATH
                        + "` lacks `interactionId`, `customerId`, declared in record `Interaction`.");
        assertThat(askForOutput(
                        "\"timestamp\": {\"type\": \"string\"}", List.of("interactionId", "customerId", "other")))
                .isEmpty();
    }

    @Test
    void comparesTypes() {
        assertThat(askForOutput(
                        "\"interactionId\": {\"type\": [\"string\", \"null\"]}, \"timestamp\": {\"type\": \"boolean\"},"
                                + " \"customerId\": {\"$ref\": \"#/x\"}",
                        null))
                .extracting(OutsideProblem::message)
                .containsExactly(
                        "`interactionId` may be null in the output of `" + PATH + "`, but not in record `Interaction`.",
                        "`timestamp` is `boolean` in the output of `" + PATH
                                + "`, but `timestamp` in record `Interaction`.");
    }

    @Test
    void looksFieldsUpByTheirPathInTheMessage() {
        DeclaredRecord record = new DeclaredRecord(
                "Call",
                List.of(
                        new DeclaredField(
                                Field.of("agent", Scalar.LONG), List.of("contact", "agent-id"), TimestampFormat.ISO),
                        new DeclaredField(
                                Field.of("tags", new ListType(Scalar.STRING)), List.of("tags"), TimestampFormat.ISO)),
                UnknownFields.IGNORE);
        String contact = "\"contact\": {\"type\": \"object\", \"properties\": {\"agent-id\": {\"type\": \"integer\"}}}";
        assertThat(askForOutput(contact + ", \"tags\": {\"type\": \"array\"}", null, record))
                .isEmpty();
        assertThat(askForOutput("\"tags\": {\"type\": \"array\"}", null, record))
                .extracting(OutsideProblem::message)
                .containsExactly("The output of `" + PATH + "` lacks `contact.agent-id`, declared in record `Call`.");
    }

    @Test
    void saysSoWhenTheAnswerDescribesNoOutput() {
        enqueue(json(200, "[]"));
        assertThat(ask(options(200, matches(null)), DeclaredRecord.of(INTERACTION)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("does not describe its output"));
        enqueue(json(200, "<html>"));
        assertThat(ask(options(200, matches(null)), DeclaredRecord.of(INTERACTION)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("not JSON"));
    }

    @Test
    void refusesOptionsThatCannotBeRight() {
        ConnectionRef api = new ConnectionRef("api", "connection");
        assertThat(refused(new HttpContractOptions(api, "api", 200, null)))
                .containsExactly("error bad-value path: `path` does not begin with a slash.");
        assertThat(refused(new HttpContractOptions(api, PATH, 99, null)))
                .containsExactly("error bad-value expectStatus: `99` is not a status that an answer ends with.");
        assertThat(refused(new HttpContractOptions(api, PATH, 404, matches(null))))
                .hasSize(1);
    }
}
