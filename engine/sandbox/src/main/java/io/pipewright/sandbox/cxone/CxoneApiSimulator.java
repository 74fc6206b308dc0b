package io.pipewright.sandbox.cxone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.pipewright.sandbox.SandboxException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A CXone API on a loopback port: tokens by client credentials ({@code POST /oauth/token}) or access key
 * ({@code POST /auth/token}), and one Data Action ({@code GET /api/v2/data-actions/ID}).
 *
 * <p>It answers as the real one would: 401 to wrong credentials, to a missing, unknown or expired token, 403 to a token
 * without the scope, 404 to an unknown id. Other answers are asked for by path, for a number of requests; after them it
 * answers rightly again.
 */
public final class CxoneApiSimulator implements AutoCloseable {
    /** Where tokens are got with client credentials. */
    public static final String TOKEN_PATH = "/oauth/token";

    /** Where tokens are got with an access key. */
    public static final String ACCESS_KEY_PATH = "/auth/token";

    /** Below it lie the Data Actions. */
    public static final String ACTIONS_PATH = "/api/v2/data-actions/";

    private static final String SCHEMA =
            """
            {"id": "%s", "name": "Interaction events", "status": "ACTIVE", "outputSchema": {
              "$schema": "http://json-schema.org/draft-07/schema#", "type": "object",
              "properties": {
                "interactionId": {"type": "string"},
                "channel": {"type": "string"},
                "timestamp": {"type": "integer", "format": "int64", "description": "milliseconds since the epoch"},
                "customerId": {"type": ["string", "null"]},
                "status": {"type": ["string", "null"]}},
              "required": ["interactionId", "channel", "timestamp"]}}
            """;

    private final ApiAccount account;
    private final Clock clock;
    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final Map<String, Deque<ApiAnswer>> answers = new HashMap<>();
    private final Map<String, ApiAnswer> always = new ConcurrentHashMap<>();
    private final AtomicInteger tokensGiven = new AtomicInteger();

    private CxoneApiSimulator(ApiAccount account, Clock clock, HttpServer server, ExecutorService threads) {
        this.account = account;
        this.clock = clock;
        this.server = server;
        this.threads = threads;
    }

    /** Starts a simulator on a free port. */
    public static CxoneApiSimulator start(ApiAccount account) {
        return start(account, Clock.systemUTC());
    }

    /** Starts a simulator whose tokens expire by the given clock. */
    public static CxoneApiSimulator start(ApiAccount account, Clock clock) {
        try {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 50);
            ExecutorService threads = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "cxone-api");
                thread.setDaemon(true);
                return thread;
            });
            CxoneApiSimulator simulator = new CxoneApiSimulator(account, clock, server, threads);
            server.setExecutor(threads);
            server.createContext("/", simulator::handle);
            server.start();
            return simulator;
        } catch (IOException e) {
            throw new SandboxException("Cannot start the CXone simulator: " + e.getMessage(), e);
        }
    }

    /** {@code http://127.0.0.1:port}. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The whole address for client credentials. */
    public URI tokenUrl() {
        return baseUrl().resolve(TOKEN_PATH);
    }

    /** The path of the one Data Action. */
    public String actionPath() {
        return ACTIONS_PATH + account.actionId();
    }

    /** Has the next so many requests to a path answered so, after those that were asked for before. */
    public void answer(String path, ApiAnswer answer, int times) {
        synchronized (answers) {
            Deque<ApiAnswer> queue = answers.computeIfAbsent(path, p -> new ArrayDeque<>());
            for (int i = 0; i < times; i++) {
                queue.add(answer);
            }
        }
    }

    /** Has all requests to a path answered so, when no other answer is left. */
    public void answerAlways(String path, ApiAnswer answer) {
        always.put(path, answer);
    }

    /** Makes every token given so far worthless. */
    public void revokeTokens() {
        tokens.clear();
    }

    /** How many requests a path has had, refused and dropped ones too. */
    public int requests(String path) {
        AtomicInteger count = requests.get(path);
        return count == null ? 0 : count.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.computeIfAbsent(path, p -> new AtomicInteger()).incrementAndGet();
        try (exchange) {
            ApiAnswer answer = next(path);
            if (answer instanceof ApiAnswer.Status status) {
                status.retryAfter()
                        .ifPresent(d -> exchange.getResponseHeaders().set("Retry-After", "" + d.toSeconds()));
                send(exchange, status.code(), error("simulated", "The simulator was asked to answer so."));
            } else if (answer instanceof ApiAnswer.Garbage) {
                send(exchange, 200, "<html>{not json");
            } else if (answer instanceof ApiAnswer.OtherBody other) {
                send(exchange, 200, other.json());
            } else if (answer instanceof ApiAnswer.Slow slow) {
                closed.await(slow.after().toMillis(), TimeUnit.MILLISECONDS);
                rightly(exchange, path);
            } else if (!(answer instanceof ApiAnswer.Dropped)) {
                rightly(exchange, path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable ApiAnswer next(String path) {
        synchronized (answers) {
            Deque<ApiAnswer> queue = answers.get(path);
            ApiAnswer answer = queue == null ? null : queue.poll();
            return answer == null ? always.get(path) : answer;
        }
    }

    private void rightly(HttpExchange exchange, String path) throws IOException {
        if (path.equals(TOKEN_PATH) || path.equals(ACCESS_KEY_PATH)) {
            if (exchange.getRequestMethod().equals("POST")) {
                giveToken(exchange);
            } else {
                send(exchange, 405, error("method_not_allowed", "Use POST."));
            }
        } else if (path.startsWith(ACTIONS_PATH)) {
            showAction(exchange, path.substring(ACTIONS_PATH.length()));
        } else {
            send(exchange, 404, error("not_found", "There is nothing at " + path + "."));
        }
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                (account.clientId() + ":" + account.clientSecret()).getBytes(StandardCharsets.UTF_8));
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            send(exchange, 401, error("invalid_client", "Client authentication failed."));
            return;
        }
        switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> sendToken(exchange);
            case "password" -> {
                boolean known = account.accessKey().equals(form.get("username"))
                        && account.accessSecret().equals(form.get("password"));
                if (known) {
                    sendToken(exchange);
                } else {
                    send(exchange, 400, error("invalid_grant", "Wrong access key or secret."));
                }
            }
            default -> send(exchange, 400, error("unsupported_grant_type", "Use client_credentials or password."));
        }
    }

    private void sendToken(HttpExchange exchange) throws IOException {
        String token = "token-" + tokensGiven.incrementAndGet();
        tokens.put(token, clock.instant().plus(account.tokenLife()));
        send(
                exchange,
                200,
                "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d,\"scope\":\"%s\",\"id_token\":\"none\"}"
                        .formatted(token, account.tokenLife().toSeconds(), String.join(" ", account.scopes())));
    }

    private void showAction(HttpExchange exchange, String id) throws IOException {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String token = header != null && header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
        Instant end = tokens.get(token);
        if (end == null || !clock.instant().isBefore(end)) {
            send(exchange, 401, error("invalid_token", "The token is missing, unknown or expired."));
        } else if (!account.scopes().contains(ApiAccount.READ_SCOPE)) {
            send(exchange, 403, error("insufficient_scope", "The token lacks " + ApiAccount.READ_SCOPE + "."));
        } else if (!id.equals(account.actionId())) {
            send(exchange, 404, error("not_found", "There is no Data Action `" + id + "`."));
        } else {
            send(exchange, 200, SCHEMA.formatted(id));
        }
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new HashMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String error(String code, String description) {
        return "{\"error\":\"" + code + "\",\"error_description\":\"" + description.replace("\"", "\\\"") + "\"}";
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
