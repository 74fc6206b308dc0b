package io.pipewright.stages.cxone;

import io.pipewright.spi.option.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A real HTTP server with a token URL and an API; each answers what was queued for it, and else that all is well. */
final class CxoneServer implements AutoCloseable {

    static final String SECRET = "s3cr3t-of-the-client";
    static final String PATH = "/api/v2/data-actions/42";

    static final TimeLimits LIMITS =
            new TimeLimits(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60));

    final MockWebServer web = new MockWebServer();
    final Queue<MockResponse> tokenAnswers = new ConcurrentLinkedQueue<>();
    final Queue<MockResponse> apiAnswers = new ConcurrentLinkedQueue<>();
    final List<RecordedRequest> tokenRequests = new CopyOnWriteArrayList<>();
    final List<String> tokenBodies = new CopyOnWriteArrayList<>();
    final List<RecordedRequest> apiRequests = new CopyOnWriteArrayList<>();
    final FakeTime time = new FakeTime();

    /** What a login waits for before it is answered. */
    volatile Awaited beforeLogin = () -> {};

    private volatile Revoked revoked = new Revoked("", 0);
    private final List<CxoneClient> clients = new ArrayList<>();

    CxoneServer() throws IOException {
        web.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                if (request.getPath().startsWith("/oauth")) {
                    beforeLogin.await();
                    return login(request);
                }
                return revoked.isBroughtBy(request) ? revoked.answer() : api(request);
            }
        });
        web.start();
    }

    /** What a test has the server wait for. */
    interface Awaited {
        void await() throws InterruptedException;
    }

    /** A token that is refused, to so many calls at once that bring it. */
    private record Revoked(String authorization, CountDownLatch calls) {

        Revoked(String token, int calls) {
            this("Bearer " + token, new CountDownLatch(calls));
        }

        boolean isBroughtBy(RecordedRequest request) {
            return authorization.equals(request.getHeader("Authorization"));
        }

        MockResponse answer() throws InterruptedException {
            calls.countDown();
            return json(calls.await(60, TimeUnit.SECONDS) ? 401 : 500, "");
        }
    }

    /** From now on this token is refused; the first refusals wait until so many calls have brought it. */
    void revoke(String token, int calls) {
        revoked = new Revoked(token, calls);
    }

    private synchronized MockResponse login(RecordedRequest request) {
        tokenRequests.add(request);
        tokenBodies.add(request.getBody().readString(StandardCharsets.UTF_8));
        MockResponse queued = tokenAnswers.poll();
        return queued == null ? token("token-" + tokenRequests.size(), 3600) : queued;
    }

    private synchronized MockResponse api(RecordedRequest request) {
        apiRequests.add(request);
        MockResponse queued = apiAnswers.poll();
        return queued == null ? json(200, "{\"id\":\"42\"}") : queued;
    }

    static MockResponse token(String value, long life) {
        return json(200, "{\"access_token\":\"" + value + "\",\"token_type\":\"Bearer\",\"expires_in\":" + life + "}");
    }

    static MockResponse json(int status, String body) {
        return new MockResponse()
                .setResponseCode(status)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }

    String url(String path) {
        return "http://127.0.0.1:" + web.getPort() + path;
    }

    HttpAuth.ClientCredentials credentials() {
        return new HttpAuth.ClientCredentials(
                url("/oauth/token"), "me", Secret.of(SECRET), List.of("data_actions:read"));
    }

    CxoneClient client() {
        return client(credentials());
    }

    CxoneClient client(HttpAuth auth) {
        return client(new HttpEndpoint(url(""), auth, LIMITS, RetryPolicy.DEFAULTS));
    }

    CxoneClient client(HttpEndpoint endpoint) {
        CxoneClient client = new CxoneClient(endpoint, time, time, FakeTime.HIGHEST);
        clients.add(client);
        return client;
    }

    @Override
    public void close() throws IOException {
        clients.forEach(CxoneClient::close);
        web.shutdown();
    }
}
