package io.pipewright.stages.cxone;

import static io.pipewright.stages.cxone.CxoneClientTest.failure;
import static io.pipewright.stages.cxone.CxoneServer.PATH;
import static io.pipewright.stages.cxone.CxoneServer.json;
import static io.pipewright.stages.cxone.CxoneServer.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.sandbox.Poll;
import io.pipewright.stages.cxone.HttpFailure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSourceTest {

    private CxoneServer server;

    @BeforeEach
    void start() throws IOException {
        server = new CxoneServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"3600, 3540", "30, 24", "300, 240"})
    void theTokenIsRenewedOnceItsMarginBegins(long life, long renewedAt) {
        server.tokenAnswers.add(token("first", life));
        CxoneClient client = server.client();
        client.get(PATH);
        server.time.advance(Duration.ofSeconds(renewedAt - 1));
        client.get(PATH);
        assertThat(server.tokenRequests).hasSize(1);
        server.time.advance(Duration.ofSeconds(1));
        client.get(PATH);
        assertThat(server.tokenRequests).hasSize(2);
        assertThat(server.apiRequests.get(2).getHeader("Authorization")).isEqualTo("Bearer token-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5"})
    void aTokenWithoutALifeIsUsedForTheCallItWasIssuedFor(String life) {
        server.tokenAnswers.add(token("once", Long.parseLong(life)));
        CxoneClient client = server.client();
        assertThat(client.get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(client.get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.tokenRequests).hasSize(2);
    }

    @Test
    void expiresInMayBeMissingOrText() {
        server.tokenAnswers.add(json(200, "{\"access_token\":\"a\"}"));
        server.tokenAnswers.add(json(200, "{\"access_token\":\"b\",\"expires_in\":\"3600\"}"));
        CxoneClient client = server.client();
        client.get(PATH);
        server.time.advance(Duration.ofMinutes(4));
        client.get(PATH);
        server.time.advance(Duration.ofMinutes(50));
        client.get(PATH);
        assertThat(server.tokenRequests).hasSize(2);
    }

    @Test
    void aRevokedTokenIsRenewedOnce() {
        CxoneClient client = server.client();
        client.get(PATH);
        server.apiAnswers.add(json(401, ""));
        assertThat(client.get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.tokenRequests).hasSize(2);

        server.apiAnswers.add(json(401, ""));
        server.apiAnswers.add(json(401, ""));
        HttpFailure failure = failure(client.get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
        assertThat(failure.message()).contains("401", "tokenUrl", "same region");
        assertThat(server.tokenRequests).hasSize(3);
    }

    @Test
    void aTokenThatWasJustIssuedIsNotRenewedAndNotKeptWhenRefused() {
        server.apiAnswers.add(json(401, ""));
        CxoneClient client = server.client();
        assertThat(failure(client.get(PATH)).status()).isEqualTo(401);
        assertThat(server.tokenRequests).hasSize(1);
        assertThat(client.get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.tokenRequests).hasSize(2);
    }

    @Test
    void manyThreadsShareOneRenewal() throws Exception {
        server.tokenAnswers.add(token("shared", 3600));
        loginOnlyWhenOthersWait(15);
        for (HttpResult result : getFromThreads(server.client(), 16)) {
            assertThat(result).isInstanceOf(HttpAnswer.class);
        }
        assertThat(server.tokenRequests).hasSize(1);
        assertThat(server.apiRequests).hasSize(16);
    }

    @Test
    void manyThreadsShareOneFailureAndTheNextCallTriesAgain() throws Exception {
        server.tokenAnswers.add(json(401, ""));
        loginOnlyWhenOthersWait(15);
        CxoneClient client = server.client();
        for (HttpResult result : getFromThreads(client, 16)) {
            assertThat(failure(result).reason()).isEqualTo(Reason.WRONG_CREDENTIALS);
        }
        assertThat(server.tokenRequests).hasSize(1);
        server.beforeLogin = () -> {};
        assertThat(client.get(PATH)).isInstanceOf(HttpAnswer.class);
    }

    /** Has the login of one call answered when so many others wait for what it brings. */
    private void loginOnlyWhenOthersWait(int others) {
        server.beforeLogin =
                () -> Poll.until(others + " calls wait", Duration.ofSeconds(60), () -> waiting() == others);
    }

    private static long waiting() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Stream.of(stack)
                        .anyMatch(frame -> frame.getClassName().equals(TokenSource.class.getName())
                                && frame.getMethodName().equals("await")))
                .count();
    }

    @Test
    void aTokenThatManyThreadsFindRevokedIsRenewedOnce() throws Exception {
        CxoneClient client = server.client();
        client.get(PATH);
        server.revoke("token-1", 8);
        for (HttpResult result : getFromThreads(client, 8)) {
            assertThat(result).isInstanceOf(HttpAnswer.class);
        }
        assertThat(server.tokenRequests).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {}                                 | WRONG_CREDENTIALS | client id and client secret",
                "401 | not json                           | WRONG_CREDENTIALS | client id and client secret",
                "400 | {\"error\":\"invalid_client\"}         | WRONG_CREDENTIALS | client id and client secret",
                "400 | {\"error\":\"invalid_grant\"}          | WRONG_CREDENTIALS | client id and client secret",
                "400 | {\"error\":\"invalid_scope\"}          | FORBIDDEN         | `data_actions:read`",
                "403 | {\"error\":\"invalid_scope\"}          | FORBIDDEN         | `data_actions:read`",
                "400 | {\"error\":\"unauthorized_client\"}    | FORBIDDEN         | other `grant`",
                "400 | {\"error\":\"unsupported_grant_type\"} | FORBIDDEN         | other `grant`",
                "400 | missing tenant                     | REFUSED           | missing tenant",
                "403 | {}                                 | FORBIDDEN         | organisation",
                "404 | {}                                 | NOT_FOUND         | typing error",
                "200 | <html>                             | UNREADABLE        | is not JSON",
                "200 | {\"token\":\"x\"}                      | UNREADABLE        | `access_token`",
                "200 | {\"access_token\":17}                | UNREADABLE        | `access_token`",
                "200 | {\"access_token\":\"a b\"}             | UNREADABLE        | `access_token`",
                "200 | []                                 | UNREADABLE        | `access_token`",
                "200 | {\"access_token\":\"a\",\"token_type\":\"mac\"} | UNREADABLE | Bearer",
            })
    void everyRefusalOfTheLoginSaysWhatToDo(int status, String body, Reason reason, String words) {
        server.tokenAnswers.add(json(status, body));
        HttpFailure failure = failure(server.client().get(PATH));
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).contains(words, "/oauth/token`");
        assertThat(server.apiRequests).isEmpty();
        assertThat(server.tokenRequests).hasSize(1);
    }

    @Test
    void whatTheTokenUrlEchoesOfTheCredentialsIsHidden() {
        String basic = "bWU6czNjcjN0LW9mLXRoZS1jbGllbnQ=";
        server.tokenAnswers.add(json(400, "bad: " + CxoneServer.SECRET + " and " + basic));
        assertThat(failure(server.client().get(PATH)).what())
                .contains("bad: •••• and ••••")
                .doesNotContain(basic);
    }

    @Test
    void credentialsAreNotTakenAlongARedirect() {
        server.tokenAnswers.add(
                new MockResponse().setResponseCode(307).setHeader("Location", server.url("/oauth/other")));
        HttpFailure failure = failure(server.client().get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.REDIRECTED);
        assertThat(failure.message()).contains("`tokenUrl`");
        assertThat(server.tokenRequests).hasSize(1);
    }

    @Test
    void theLoginIsRetriedToo() {
        server.tokenAnswers.add(json(503, ""));
        server.tokenAnswers.add(json(429, ""));
        assertThat(server.client().get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.tokenRequests).hasSize(3);
    }

    private static List<HttpResult> getFromThreads(CxoneClient client, int threads) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<HttpResult>> calls = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                calls.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return client.get(PATH);
                }));
            }
            List<HttpResult> results = new ArrayList<>();
            for (Future<HttpResult> call : calls) {
                results.add(call.get(120, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
