package io.pipewright.stages.cxone;

import static io.pipewright.stages.cxone.CxoneClientTest.failure;
import static io.pipewright.stages.cxone.CxoneServer.LIMITS;
import static io.pipewright.stages.cxone.CxoneServer.PATH;
import static io.pipewright.stages.cxone.CxoneServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.stages.cxone.HttpFailure.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryingTransportTest {

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
    @ValueSource(ints = {429, 500, 502, 503, 504, 599})
    void whatMayPassIsTriedAgain(int status) {
        server.apiAnswers.add(json(status, ""));
        server.apiAnswers.add(json(status, ""));
        assertThat(open().get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.time.sleeps).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
    }

    @Test
    void theUpperBoundDoublesUntilItsOwnBound() {
        answerAlways(500, 9);
        HttpFailure failure = failure(open(policy(9, 100, 1000, 60_000)).get(PATH));
        assertThat(server.time.sleeps.stream().map(Duration::toMillis))
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L, 1000L);
        assertThat(failure.reason()).isEqualTo(Reason.SERVER_ERROR);
        assertThat(failure.message()).contains("500 after 9 attempts", "Try again later");
    }

    @Test
    void theWaitIsSpreadOverAllOfItsRange() {
        HttpEndpoint endpoint =
                new HttpEndpoint(server.url(""), new HttpAuth.None(), LIMITS, policy(2, 1000, 1000, 60_000));
        try (CxoneClient client = new CxoneClient(endpoint, server.time, server.time, new Random(7))) {
            for (int i = 0; i < 40; i++) {
                server.apiAnswers.add(json(503, ""));
                client.get(PATH);
            }
        }
        List<Long> waits = server.time.sleeps.stream().map(Duration::toMillis).toList();
        assertThat(waits).hasSize(40).allMatch(wait -> wait >= 0 && wait <= 1000);
        assertThat(waits).anyMatch(wait -> wait < 200).anyMatch(wait -> wait > 800);
    }

    @Test
    void tooManyRequestsToTheEndIsSaidSo() {
        answerAlways(429, 5);
        HttpFailure failure = failure(open().get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.BUSY);
        assertThat(failure.message()).contains("429 after 5 attempts", "rate limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                             | 7000",
                "0                             | 500",
                "9999                          | 10000",
                "999999999999999999            | 10000",
                "99999999999999999999999       | 500",
                "soon                          | 500",
                "-3                            | 500",
                "Thu, 01 Jan 2026 00:00:04 GMT | 4000",
                "Thu, 01 Jan 2026 09:00:00 GMT | 10000",
                "Wed, 31 Dec 2025 23:00:00 GMT | 500",
            })
    void retryAfterIsObeyedUpToTheBound(String header, long millis) {
        server.apiAnswers.add(json(429, "").setHeader("Retry-After", header));
        assertThat(open().get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.time.sleeps).containsExactly(Duration.ofMillis(millis));
    }

    @Test
    void aWaitThatWouldPassTheDeadlineIsNotBegun() {
        answerAlways(503, 10);
        HttpFailure failure = failure(open(policy(10, 1000, 60_000, 6_000)).get(PATH));
        assertThat(server.time.sleeps).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(failure.message()).contains("503 after 3 attempts");
    }

    @Test
    void oneAttemptMeansNoRetry() {
        answerAlways(503, 2);
        assertThat(failure(open(policy(1, 1000, 1000, 6_000)).get(PATH)).what()).contains("503.");
        assertThat(server.apiRequests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 409, 410, 422})
    void whatStaysAsItIsIsNotTriedAgain(int status) {
        answerAlways(status, 2);
        assertThat(failure(open().get(PATH)).status()).isEqualTo(status);
        assertThat(server.apiRequests).hasSize(1);
    }

    @Test
    void anInterruptedWaitEndsTheCallAndKeepsTheFlag() {
        answerAlways(503, 2);
        Sleeper interrupted = duration -> {
            throw new InterruptedException();
        };
        HttpEndpoint endpoint = HttpEndpoint.of(server.url(""), new HttpAuth.None());
        try (CxoneClient client = new CxoneClient(endpoint, server.time, interrupted, FakeTime.HIGHEST)) {
            assertThat(failure(client.get(PATH)).reason()).isEqualTo(Reason.INTERRUPTED);
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void policiesWithoutSenseAreRefused() {
        assertThatThrownBy(() -> policy(0, 1, 1, 1)).hasMessageContaining("maxAttempts");
        assertThatThrownBy(() -> policy(1, 0, 1, 1)).hasMessageContaining("firstBackoff");
        assertThatThrownBy(() -> new TimeLimits(Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("connect");
    }

    private void answerAlways(int status, int times) {
        for (int i = 0; i < times; i++) {
            server.apiAnswers.add(json(status, ""));
        }
    }

    private CxoneClient open() {
        return open(RetryPolicy.DEFAULTS);
    }

    private CxoneClient open(RetryPolicy policy) {
        return server.client(new HttpEndpoint(server.url(""), new HttpAuth.None(), LIMITS, policy));
    }

    private static RetryPolicy policy(int attempts, long first, long max, long overall) {
        return new RetryPolicy(attempts, Duration.ofMillis(first), Duration.ofMillis(max), Duration.ofMillis(overall));
    }
}
