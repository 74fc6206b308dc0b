package io.pipewright.stages.cxone;

import static io.pipewright.stages.cxone.CxoneServer.PATH;
import static io.pipewright.stages.cxone.CxoneServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Secret;
import io.pipewright.stages.cxone.HttpFailure.Reason;
import java.io.IOException;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CxoneClientTest {

    private CxoneServer server;

    @BeforeEach
    void start() throws IOException {
        server = new CxoneServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void logsInWithBasicAndSendsTheTokenWithTheCall() {
        assertThat(server.client().get(PATH)).isEqualTo(new HttpAnswer(200, "{\"id\":\"42\"}"));
        assertThat(server.tokenRequests.get(0).getHeader("Authorization"))
                .isEqualTo("Basic bWU6czNjcjN0LW9mLXRoZS1jbGllbnQ=");
        assertThat(server.tokenBodies).containsExactly("grant_type=client_credentials&scope=data_actions%3Aread");
        assertThat(server.apiRequests.get(0).getHeader("Authorization")).isEqualTo("Bearer token-1");
    }

    @Test
    void logsInWithAnAccessKeyByThePasswordGrant() {
        HttpAuth auth = new HttpAuth.AccessKey(
                server.url("/oauth/token"), "me", Secret.of("x"), "key@id", Secret.of("key secret"));
        assertThat(server.client(auth).get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.tokenBodies).containsExactly("grant_type=password&username=key%40id&password=key%20secret");
        assertThat(server.tokenRequests.get(0).getHeader("Authorization")).isEqualTo("Basic bWU6eA==");
    }

    @Test
    void asksWithoutATokenWhenThereIsNoAuth() {
        assertThat(server.client(new HttpAuth.None()).get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.tokenRequests).isEmpty();
        server.apiAnswers.add(json(401, ""));
        assertThat(failure(server.client(new HttpAuth.None()).get(PATH)).message())
                .contains("Add `auth`");
    }

    @Test
    void sendsALoginThatNeedsNoTokenAndTellsWhenItIsRefused() {
        Secret secret = Secret.of("hunter2");
        for (HttpAuth auth : List.of(
                new HttpAuth.Basic("me", secret), new HttpAuth.Bearer(secret), new HttpAuth.ApiKey("X-Key", secret))) {
            server.apiAnswers.add(json(200, "{}"));
            server.apiAnswers.add(json(401, "{\"you sent\": \"hunter2\"}"));
            CxoneClient client = server.client(auth);
            assertThat(client.get(PATH)).isInstanceOf(HttpAnswer.class);
            assertThat(failure(client.get(PATH)).message())
                    .startsWith("Wrong credentials: ")
                    .endsWith(" does not accept them (401). Check `auth` of the connection and its secret.")
                    .doesNotContain("hunter2");
        }
        assertThat(server.tokenRequests).isEmpty();
        assertThat(server.apiRequests).hasSize(6);
        assertThat(server.apiRequests.get(4).getHeader("X-Key")).isEqualTo("hunter2");
    }

    @Test
    void aKeyDoesNotFollowARedirect() {
        server.apiAnswers.add(json(302, "").setHeader("Location", server.url("/elsewhere")));
        HttpFailure failure = failure(
                server.client(new HttpAuth.ApiKey("X-Key", Secret.of("k"))).get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.REDIRECTED);
        assertThat(server.apiRequests).hasSize(1);
    }

    @Test
    void jsonIsParsedAndAnythingElseIsAFailure() {
        assertThat(((JsonAnswer) server.client().getJson(PATH))
                        .body()
                        .path("id")
                        .asText())
                .isEqualTo("42");
        for (String garbage : List.of("<html>sign in</html>", "", "{} {}", "{\"id\":")) {
            server.apiAnswers.add(json(200, garbage));
            HttpFailure failure = (HttpFailure) server.client().getJson(PATH);
            assertThat(failure.reason()).isEqualTo(Reason.UNREADABLE);
            assertThat(failure.message()).contains("is not JSON", "baseUrl");
        }
    }

    @Test
    void aForbiddenPathNamesTheScopeAndTheOrganisation() {
        server.apiAnswers.add(json(403, ""));
        HttpFailure failure = failure(server.client().get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.FORBIDDEN);
        assertThat(failure.message())
                .contains("403", "`data_actions:read`", "another organisation", "Add the scope", "rotate")
                .contains(PATH);
        assertThat(server.apiRequests).hasSize(1);
    }

    @Test
    void anUnknownActionIsNamedByItsId() {
        server.apiAnswers.add(json(404, ""));
        HttpFailure failure = failure(server.client().get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.NOT_FOUND);
        assertThat(failure.message()).contains("Unknown data action id `42`", PATH);
        server.apiAnswers.add(json(404, ""));
        assertThat(failure(server.client().get("/other")).message()).contains("nothing at", "/other`");
    }

    @Test
    void anotherRefusalQuotesTheServerWithoutTokensSecretsAndControlCharacters() {
        String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N";
        server.apiAnswers.add(json(409, "bad\u001b[31m\r\nstate token-1 " + jwt + " " + "word ".repeat(100)));
        HttpFailure failure = failure(server.client().get(PATH + "?key=hidden-in-query"));
        assertThat(failure.reason()).isEqualTo(Reason.REFUSED);
        assertThat(failure.what())
                .contains("409", "bad [31m state •••• ••••", "…")
                .doesNotContain("token-1", "eyJ", "\u001b", "\n", "hidden-in-query")
                .hasSizeLessThan(260);
    }

    @Test
    void aBodyOfOneMebibyteIsReadAndALargerOneRefused() {
        server.apiAnswers.add(json(200, "x".repeat(CxoneClient.MAX_BODY_BYTES)));
        server.apiAnswers.add(json(200, "x".repeat(CxoneClient.MAX_BODY_BYTES + 1)));
        CxoneClient client = server.client();
        assertThat(((HttpAnswer) client.get(PATH)).body()).hasSize(CxoneClient.MAX_BODY_BYTES);
        assertThat(failure(client.get(PATH)).message()).contains("larger than 1 MiB");
    }

    @Test
    void redirectsInACircleEndWithAMessage() {
        for (int i = 0; i < 30; i++) {
            server.apiAnswers.add(new MockResponse().setResponseCode(302).setHeader("Location", PATH));
        }
        HttpFailure failure = failure(server.client().get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.REDIRECTED);
        assertThat(failure.message()).contains("in a circle");
        assertThat(server.time.sleeps).isEmpty();
    }

    @Test
    void aRedirectToAnotherSchemeIsNotFollowed() {
        server.apiAnswers.add(
                new MockResponse().setResponseCode(301).setHeader("Location", "https://127.0.0.1:1/x?token=abc"));
        HttpFailure failure = failure(server.client().get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.REDIRECTED);
        assertThat(failure.message()).contains("301").doesNotContain("abc");
    }

    @Test
    void anotherServerDoesNotGetTheTokenOnARedirect() throws IOException {
        try (CxoneServer other = new CxoneServer()) {
            server.apiAnswers.add(
                    new MockResponse().setResponseCode(302).setHeader("Location", other.url("/elsewhere")));
            assertThat(server.client().get(PATH)).isInstanceOf(HttpAnswer.class);
            assertThat(other.apiRequests.get(0).getHeader("Authorization")).isNull();
        }
    }

    @Test
    void optionsThatCannotBeUsedAreFailuresOfTheCall() {
        HttpAuth none = new HttpAuth.None();
        assertThat(failure(server.client(HttpEndpoint.of("api.nicecxone.com", none))
                                .get(PATH))
                        .message())
                .contains("`baseUrl` is not an HTTP address", "https://");
        assertThat(failure(server.client(HttpEndpoint.of("https://a:pw1@h", none))
                                .get(PATH))
                        .message())
                .contains("user or password")
                .doesNotContain("pw1");
        assertThat(failure(server.client(HttpEndpoint.of("https://h?x=1", none)).get(PATH))
                        .message())
                .contains("Move the query");
        assertThat(failure(server.client().get("no-slash")).message()).contains("slash");
        HttpAuth colon = new HttpAuth.ClientCredentials("http://h", "a:b", Secret.of("x"), List.of());
        assertThat(failure(server.client(colon).get(PATH)).message()).contains("colon");
        HttpAuth blank = new HttpAuth.ClientCredentials("http://h", "", Secret.of("x"), List.of());
        assertThat(failure(server.client(blank).get(PATH)).message()).contains("`clientId` is empty");
        HttpAuth url = new HttpAuth.ClientCredentials("h", "a", Secret.of("x"), List.of());
        assertThat(failure(server.client(url).get(PATH)).message()).contains("`tokenUrl` is not");
    }

    @Test
    void aPathStaysOnTheHostOfTheBaseUrl() {
        String base = server.url("/tenant/");
        CxoneClient client = server.client(HttpEndpoint.of(base, new HttpAuth.None()));
        assertThat(client.get("//evil.example/x?a=b")).isInstanceOf(HttpAnswer.class);
        assertThat(server.apiRequests.get(0).getPath()).isEqualTo("/tenant//evil.example/x?a=b");
    }

    @Test
    void noTextShowsASecret() {
        HttpEndpoint endpoint = HttpEndpoint.of("http://h", server.credentials());
        assertThat(endpoint.toString()).doesNotContain(CxoneServer.SECRET).contains("••••");
    }

    static HttpFailure failure(HttpResult result) {
        assertThat(result).isInstanceOf(HttpFailure.class);
        HttpFailure failure = (HttpFailure) result;
        assertThat(failure.message()).doesNotContain(CxoneServer.SECRET).doesNotContain("\n");
        assertThat(failure.what()).endsWith(".");
        assertThat(failure.action()).endsWith(".");
        return failure;
    }
}
