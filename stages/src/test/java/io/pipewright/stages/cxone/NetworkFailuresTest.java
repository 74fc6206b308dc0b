package io.pipewright.stages.cxone;

import static io.pipewright.stages.cxone.CxoneClientTest.failure;
import static io.pipewright.stages.cxone.CxoneServer.PATH;
import static io.pipewright.stages.cxone.CxoneServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.stages.cxone.HttpFailure.Reason;
import io.pipewright.stages.harness.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketPolicy;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NetworkFailuresTest {

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
    void anUnknownHostIsNamedAndNotTriedAgain() {
        HttpFailure failure = failure(open("http://no-such-host.invalid").get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.message()).contains("`no-such-host.invalid` is not known", "typing error");
        assertThat(server.time.sleeps).isEmpty();
    }

    @Test
    void aRefusedConnectionIsTriedAgainAndThenSaid() throws IOException {
        try (ClosedPort port = new ClosedPort()) {
            HttpFailure failure =
                    failure(open("http://127.0.0.1:" + port.number()).get(PATH));
            assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(failure.message())
                    .contains("after 5 attempts", "`127.0.0.1:" + port.number() + "` does not accept connections");
        }
        assertThat(server.time.sleeps).hasSize(4);
    }

    @Test
    void aSlowAnswerRunsIntoTheReadLimit() {
        server.apiAnswers.add(json(200, "{}").setHeadersDelay(3, TimeUnit.SECONDS));
        TimeLimits limits = new TimeLimits(Duration.ofSeconds(2), Duration.ofMillis(150), Duration.ofSeconds(2));
        HttpFailure failure = failure(once(server.url(""), limits).get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.TIMED_OUT);
        assertThat(failure.message()).contains("did not answer within the time limit");
    }

    @Test
    void anAnswerThatDripsRunsIntoTheLimitOfTheCall() {
        server.apiAnswers.add(json(200, "x".repeat(100)).throttleBody(1, 50, TimeUnit.MILLISECONDS));
        TimeLimits limits = new TimeLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMillis(300));
        assertThat(failure(once(server.url(""), limits).get(PATH)).reason()).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void theOverallLimitShortensTheAttempt() {
        server.apiAnswers.add(json(200, "{}").setHeadersDelay(4, TimeUnit.SECONDS));
        RetryPolicy policy = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(200));
        CxoneClient client =
                server.client(new HttpEndpoint(server.url(""), new HttpAuth.None(), CxoneServer.LIMITS, policy));
        // Without that limit the answer would have come.
        assertThat(failure(client.get(PATH)).reason()).isEqualTo(Reason.TIMED_OUT);
    }

    @Test
    void aConnectionThatClosesEarlyIsTriedAgain() {
        server.apiAnswers.add(json(200, "{}").setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
        assertThat(open(server.url("")).get(PATH)).isInstanceOf(HttpAnswer.class);
        assertThat(server.time.sleeps).hasSize(1);

        server.apiAnswers.add(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        server.apiAnswers.add(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
        HttpFailure failure = failure(once(server.url(""), CxoneServer.LIMITS).get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(failure.message()).contains("closed the connection");
    }

    @Test
    void aServerThatDoesNotSpeakHttpIsSaidSo() {
        server.apiAnswers.add(new MockResponse().setStatus("SSH-2.0-OpenSSH_9"));
        HttpFailure failure = failure(open(server.url("")).get(PATH));
        assertThat(failure.reason()).isEqualTo(Reason.UNREADABLE);
        assertThat(failure.message()).contains("does not answer in HTTP").doesNotContain("SSH");
    }

    @Test
    void httpsToAPlainServerIsATlsFailure() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            Thread answering = new Thread(() -> refuseInPlainText(plain), "plain-server");
            answering.setDaemon(true);
            answering.start();
            HttpFailure failure =
                    failure(open("https://127.0.0.1:" + plain.getLocalPort()).get(PATH));
            assertThat(failure.reason()).isEqualTo(Reason.TLS);
            assertThat(failure.message()).contains("HTTPS", "`http://`");
            assertThat(server.time.sleeps).isEmpty();
        }
    }

    /** What a web server says to a TLS greeting on its plain port; ends when the socket is closed. */
    private static void refuseInPlainText(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket socket = plain.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The client went away, or the test is over.
            }
        }
    }

    @Test
    void aCertificateThatIsNotTrustedPointsToTheTrustStore() throws IOException {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        try (MockWebServer https = new MockWebServer()) {
            https.useHttps(
                    new HandshakeCertificates.Builder()
                            .heldCertificate(certificate)
                            .build()
                            .sslSocketFactory(),
                    false);
            https.start();
            HttpFailure failure =
                    failure(open("https://127.0.0.1:" + https.getPort()).get(PATH));
            assertThat(failure.reason()).isEqualTo(Reason.TLS);
            assertThat(failure.message()).contains("not trusted", "javax.net.ssl.trustStore");
        }
    }

    @Test
    void aLoginThatCannotBeReachedSaysThatItWasTheLogin() {
        HttpAuth auth = new HttpAuth.ClientCredentials(
                "http://no-such-host.invalid/token",
                "me",
                server.credentials().clientSecret(),
                server.credentials().scopes());
        assertThat(failure(server.client(auth).get(PATH)).what())
                .startsWith("No access token from `http://no-such-host.invalid/token`: The host");
    }

    @Test
    void anInterruptedCallKeepsTheFlag() {
        Thread.currentThread().interrupt();
        HttpFailure failure = failure(open(server.url("")).get(PATH));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.reason()).isEqualTo(Reason.INTERRUPTED);
    }

    private CxoneClient open(String baseUrl) {
        return server.client(new HttpEndpoint(baseUrl, new HttpAuth.None(), CxoneServer.LIMITS, RetryPolicy.DEFAULTS));
    }

    private CxoneClient once(String baseUrl, TimeLimits limits) {
        RetryPolicy policy = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(30));
        return server.client(new HttpEndpoint(baseUrl, new HttpAuth.None(), limits, policy));
    }
}
