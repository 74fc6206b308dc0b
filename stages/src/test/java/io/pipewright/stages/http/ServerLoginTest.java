package io.pipewright.stages.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.option.Secret;
import io.pipewright.spi.option.SecretUnavailableException;
import io.pipewright.stages.cxone.HttpAuth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What requests of sinks and lookups prove to a real HTTP server, which gives out tokens too. */
class ServerLoginTest {

    private static final Secret SECRET = Secret.of("hunter2");

    private final MockWebServer server = new MockWebServer();
    private final Queue<MockResponse> tokens = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<RecordedRequest> logins = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                if ("/token".equals(request.getPath())) {
                    logins.add(request);
                    MockResponse queued = tokens.poll();
                    return queued == null ? token("t" + logins.size(), 3600) : queued;
                }
                requests.add(request);
                Integer status = statuses.poll();
                return new MockResponse().setResponseCode(status == null ? 200 : status);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    private static MockResponse token(String value, int seconds) {
        return new MockResponse().setBody("{\"access_token\": \"" + value + "\", \"expires_in\": " + seconds + "}");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getPort() + path;
    }

    private HttpAuth oauth() {
        return new HttpAuth.ClientCredentials(url("/token"), "me", SECRET, List.of("read", "write"));
    }

    private ServerClient client(HttpAuth auth) {
        Duration limit = Duration.ofSeconds(60);
        return new ServerClient(auth, new HttpSinkPlan.Limits(limit, limit, limit), 8);
    }

    private CompletableFuture<Integer> send(ServerClient client) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        client.send(new Request.Builder().url(url("/api")).build(), new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                status.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    status.complete(response.code());
                }
            }
        });
        return status;
    }

    private int status(ServerClient client) throws Exception {
        return send(client).get(60, TimeUnit.SECONDS);
    }

    /** What a request fails with. */
    private IOException failure(ServerClient client) {
        try {
            throw new AssertionError("answered with " + status(client));
        } catch (ExecutionException e) {
            return (IOException) e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<String> headers(String name) {
        return requests.stream().map(request -> request.getHeaders().get(name)).toList();
    }

    private static Stream<Arguments> fixed() {
        return Stream.of(
                Arguments.of(new HttpAuth.Basic("zoë", SECRET), "Authorization", "Basic em/DqzpodW50ZXIy"),
                Arguments.of(new HttpAuth.Bearer(SECRET), "Authorization", "Bearer hunter2"),
                Arguments.of(new HttpAuth.ApiKey("X-Team-Key", SECRET), "X-Team-Key", "hunter2"));
    }

    @ParameterizedTest
    @MethodSource("fixed")
    void aLoginIsAHeaderAndARefusalOfItIsForGood(HttpAuth auth, String header, String value) throws Exception {
        statuses.addAll(List.of(200, 401));
        try (ServerClient client = client(auth)) {
            assertThat(status(client)).isEqualTo(200);
            assertThat(status(client)).isEqualTo(401);
            assertThat(client.isShutOut(401)).isTrue();
            assertThat(client.isShutOut(403)).isFalse();
        }
        assertThat(headers(header)).containsExactly(value, value);
        assertThat(auth.toString()).doesNotContain("hunter2");
    }

    @Test
    void withoutALoginNothingIsProvedAndAStatusSaysNothingOfOtherRequests() throws Exception {
        statuses.add(401);
        try (ServerClient client = client(new HttpAuth.None())) {
            assertThat(status(client)).isEqualTo(401);
            assertThat(client.isShutOut(401)).isFalse();
        }
        assertThat(headers("Authorization")).containsOnlyNulls();
    }

    @Test
    void requestsShareATokenUntilItExpires() throws Exception {
        tokens.add(token("t1", 3600));
        try (ServerClient client = client(oauth())) {
            List<CompletableFuture<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                all.add(send(client));
            }
            for (CompletableFuture<Integer> one : all) {
                assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(200);
            }
        }
        assertThat(headers("Authorization")).hasSize(20).containsOnly("Bearer t1");
        assertThat(logins).singleElement().satisfies(login -> {
            assertThat(login.getHeaders().get("Authorization")).isEqualTo("Basic bWU6aHVudGVyMg==");
            assertThat(login.getBody().readUtf8()).isEqualTo("grant_type=client_credentials&scope=read%20write");
        });
    }

    @Test
    void aTokenThatHasExpiredIsRenewedBeforeTheNextRequest() throws Exception {
        tokens.add(token("t1", 0));
        try (ServerClient client = client(oauth())) {
            assertThat(status(client)).isEqualTo(200);
            assertThat(status(client)).isEqualTo(200);
            assertThat(status(client)).isEqualTo(200);
        }
        assertThat(headers("Authorization")).containsExactly("Bearer t1", "Bearer t2", "Bearer t2");
    }

    @Test
    void aTokenThatIsRefusedIsRenewedAndTheRequestIsSentAgain() throws Exception {
        statuses.addAll(List.of(200, 401, 200));
        try (ServerClient client = client(oauth())) {
            assertThat(status(client)).isEqualTo(200);
            assertThat(status(client)).isEqualTo(200);
        }
        assertThat(headers("Authorization")).containsExactly("Bearer t1", "Bearer t1", "Bearer t2");
    }

    @Test
    void aNewTokenThatIsRefusedIsNotFollowedByAnother() throws Exception {
        statuses.addAll(List.of(401, 401));
        try (ServerClient client = client(oauth())) {
            assertThat(status(client)).isEqualTo(401);
            assertThat(client.isShutOut(401)).isTrue();
        }
        assertThat(logins).hasSize(1);
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void aTokenThatCannotBeHadNowIsSilenceAndIsAskedForAgain(int status) throws Exception {
        tokens.add(new MockResponse().setResponseCode(status));
        try (ServerClient client = client(oauth())) {
            IOException failed = failure(client);
            assertThat(ServerClient.isShutOut(failed)).isFalse();
            assertThat(ServerClient.silence(failed)).startsWith("no login (").contains(url("/token"), "" + status);
            assertThat(status(client)).isEqualTo(200);
        }
        assertThat(requests).hasSize(1);
        assertThat(logins).hasSize(2);
    }

    @Test
    void credentialsThatTheTokenServerRefusesAreForGoodAndAreNotShown() {
        tokens.add(new MockResponse().setResponseCode(401).setBody("{\"error\": \"invalid_client\", \"hunter2\": 1}"));
        try (ServerClient client = client(oauth())) {
            IOException failed = failure(client);
            assertThat(ServerClient.isShutOut(failed)).isTrue();
            assertThat(failed)
                    .hasMessage("Wrong credentials: `" + url("/token") + "` does not accept them (401). Check client id"
                            + " and client secret, and that they belong to this token URL.");
        }
        assertThat(requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "schlüssel"})
    void aSecretThatNoHeaderCanHoldIsToldWithoutShowingIt(String secret) {
        for (HttpAuth auth :
                List.of(new HttpAuth.ApiKey("X-Key", Secret.of(secret)), new HttpAuth.Bearer(Secret.of(secret)))) {
            try (ServerClient client = client(auth)) {
                IOException failed = failure(client);
                assertThat(ServerClient.isShutOut(failed)).isTrue();
                assertThat(failed)
                        .hasMessageMatching("`(key|token)` of `auth` is empty, or holds what no header can\\."
                                + " Check the secret: it is printable ASCII on one line\\.");
            }
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void aMountedSecretIsReadWhenTheClientIsMade() throws Exception {
        Path file = folder.resolve("key");
        HttpAuth auth = new HttpAuth.ApiKey("X-Key", Secret.mounted(file));
        assertThatThrownBy(() -> client(auth)).isInstanceOf(SecretUnavailableException.class);
        Files.writeString(file, "mounted\n");
        try (ServerClient client = client(auth)) {
            assertThat(status(client)).isEqualTo(200);
        }
        assertThat(headers("X-Key")).containsExactly("mounted");
    }
}
