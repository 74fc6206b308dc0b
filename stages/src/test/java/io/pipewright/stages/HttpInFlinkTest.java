package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.flink.LocalJob;
import io.pipewright.sandbox.FlinkRest;
import io.pipewright.sandbox.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@code http} sink on a Flink in this process, whose job fails because a request is not answered, and goes on from
 * its last checkpoint. There are orders until the test has seen enough, so that nothing depends on how fast they come.
 */
class HttpInFlinkTest {

    /** The first order, which is taken at once. */
    private static final int FIRST = 0;

    private static final Pattern REFUSED = Pattern.compile(
            "\"stage\":\"hook\",\"code\":\"refused\",\"reason\":\"[^\"]* status 422[^\"]*\".*\"id\":\"(\\d+)\"");

    private final MockWebServer server = new MockWebServer();

    /** The orders in the order of their requests, those that are sent again included. */
    private final List<Integer> asked = new CopyOnWriteArrayList<>();

    private final Set<Integer> taken = new ConcurrentSkipListSet<>();

    /** Whether the next request for the first time is to be the one that breaks off. */
    private volatile boolean breakOff;

    /** The order whose request has broken off, -1 before. */
    private volatile int brokenOff = -1;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(
                        Integer.parseInt(request.getBody().readUtf8().replaceAll("\\D", "")),
                        request.getHeader("Idempotency-Key"));
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    /** Each tenth order is told to come again, some are refused, and one breaks off when the test says so. */
    private synchronized MockResponse answer(int order, String key) {
        boolean first = !asked.contains(order);
        asked.add(order);
        if (breakOff && first) {
            breakOff = false;
            brokenOff = order;
            return new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST);
        }
        if (isRefused(order)) {
            return new MockResponse().setResponseCode(422);
        }
        if (order % 10 == 5 && first) {
            return new MockResponse().setResponseCode(503);
        }
        if (key.equals("order-" + order)) {
            taken.add(order);
        }
        return new MockResponse().setResponseCode(204);
    }

    private static boolean isRefused(int order) {
        return order % 50 == 13;
    }

    @Test
    void everyOrderIsTakenOrADeadLetterThoughTheJobFailsInTheMiddle() throws Exception {
        try (LocalJob job = PipelineRun.start(pipeline(), folder)) {
            FlinkRest rest = new FlinkRest(job.webUi());
            await("the first order is taken", () -> taken.contains(FIRST));
            int before = rest.completedCheckpoints(job.id());
            // The next one may have begun before; the one after that has not.
            await("a checkpoint is behind it", () -> rest.completedCheckpoints(job.id()) >= before + 2);
            breakOff = true;
            await("a request has broken off", () -> brokenOff >= 0);
            List<Integer> orders =
                    IntStream.rangeClosed(0, brokenOff + 100).boxed().toList();
            await("all orders until then are through, and a hundred more", () -> through()
                    .containsAll(orders));
        }
        assertThat(asked).filteredOn(order -> order == brokenOff).hasSizeGreaterThan(1);
        assertThat(asked).filteredOn(order -> order == FIRST).hasSize(1);
        assertThat(deadLetters()).allMatch(HttpInFlinkTest::isRefused).doesNotHaveDuplicates();
    }

    /** The orders that the server has taken, and those that are dead letters. */
    private Set<Integer> through() {
        Set<Integer> through = new HashSet<>(taken);
        through.addAll(deadLetters());
        return through;
    }

    /** The orders of the dead letters so far that say what was answered. */
    private List<Integer> deadLetters() {
        Path dead = folder.resolve("dead");
        try {
            return REFUSED.matcher(Files.exists(dead) ? Files.readString(dead) : "")
                    .results()
                    .map(line -> Integer.valueOf(line.group(1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Poll.until(what, Duration.ofSeconds(120), condition);
    }

    private String pipeline() {
        return """
                apiVersion: pipeline/v1
                name: orders
                connections:
                  shop:
                    type: http
                    baseUrl: "http://127.0.0.1:%2$d"
                    timeouts: {connect: 1m, read: 1m, call: 1m}
                records:
                  Order: {fields: {id: string}}
                sources:
                  orders: {type: generate, record: Order, fields: {id: string(n)}, rateLimit: 200/s}
                sinks:
                  hook:
                    type: http
                    from: orders
                    connection: shop
                    path: /orders
                    idempotencyKey: '"order-" + id'
                    maxInFlight: 4
                    retry: {backoff: 5ms, unreachableFor: 0s}
                  dead: {type: file, from: errors, path: %1$s/dead, format: {type: json}, single: true}
                errors: {default: deadLetter}
                runtime:
                  checkpoint: {every: 50ms, tolerableFailures: 100}
                  restart: {strategy: fixed, attempts: 10, delay: 1ms}
                """
                .formatted(folder, server.getPort());
    }
}
