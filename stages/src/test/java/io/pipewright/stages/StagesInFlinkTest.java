package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
 * The stages that remember something, in one job of two subtasks on a Flink in this process, which fails once in the
 * middle and goes on from its last checkpoint. Wherever that was, the rows are those of plain Java.
 *
 * <p>Event {@code n} is a tenth of a second after the one before it, but every two change places. Of ten events the first
 * is of their customer, {@code n / 10 % 3}, and says his tier, {@code n}; the others are calls, and every two of them
 * have one id.
 */
class StagesInFlinkTest {

    private static final int EVENTS = 900;

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger brokenOff = new AtomicInteger();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean half = request.getBody().readUtf8().equals("{\"n\":" + EVENTS / 2 + "}");
                return half && brokenOff.getAndIncrement() == 0
                        ? new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST)
                        : new MockResponse().setResponseCode(204);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void rowsAreThoseOfPlainJavaThoughTheJobFailsInTheMiddle() throws Exception {
        PipelineRun.finish(pipeline(), folder);
        assertThat(brokenOff).hasValueGreaterThan(1);
        assertThat(rows("current")).containsExactlyInAnyOrderElementsOf(versions());
        assertThat(rows("busiest")).containsExactlyInAnyOrderElementsOf(busiest());
        assertThat(rows("closed")).containsExactlyInAnyOrderElementsOf(closed());
        assertThat(rows("lost")).isEmpty();
    }

    private List<String> rows(String name) throws IOException {
        return Files.readAllLines(folder.resolve(name));
    }

    /** A row for each event of a customer. */
    private static List<String> versions() {
        List<String> rows = new ArrayList<>();
        for (int n = 0; n < EVENTS; n += 10) {
            rows.add("{\"customer\":\"%d\",\"tier\":%d,\"op\":\"upsert\"}".formatted(n / 10 % 3, n));
        }
        return rows;
    }

    /**
     * Of each ten seconds the customer with most calls whose tier is known. Of two calls of one id the one with the odd
     * number is earlier and passes; that of the first two is also earlier than the event of the customer.
     */
    private static List<String> busiest() {
        List<String> rows = new ArrayList<>();
        for (int window = 0; window < EVENTS / 100; window++) {
            int[] calls = new int[3];
            for (int n = 100 * window + 1; n < 100 * (window + 1); n += 2) {
                calls[n / 10 % 3] += n % 10 > 1 || n > 30 ? 1 : 0;
            }
            int most = 0;
            for (int customer = 1; customer < 3; customer++) {
                most = calls[customer] > calls[most] ? customer : most;
            }
            rows.add("{\"start\":\"2026-01-01T00:%02d:%02d.000Z\",\"customer\":\"%d\",\"calls\":%d}"
                    .formatted(window / 6, window % 6 * 10, most, calls[most]));
        }
        return rows;
    }

    /** The third and the ninth of each ten events follow each other, with the tier of their own time. */
    private static List<String> closed() {
        List<String> rows = new ArrayList<>();
        for (int n = 0; n < EVENTS; n += 10) {
            rows.add("{\"customer\":\"%d\",\"began\":%d,\"ended\":%d,\"tier\":%d}"
                    .formatted(n / 10 % 3, n + 3, n + 9, n));
        }
        return rows;
    }

    private String pipeline() {
        return """
                apiVersion: pipeline/v1
                name: stages
                connections:
                  shop:
                    type: http
                    baseUrl: "http://127.0.0.1:%2$d"
                    timeouts: {connect: 1m, read: 1m, call: 1m}
                records:
                  Event: {fields: {n: long, customer: string, call: string, at: timestamp}}
                sources:
                  events:
                    type: generate
                    record: Event
                    count: %3$d
                    step: 100ms
                    fields:
                      n: n
                      customer: string(n / 10 %% 3)
                      call: string(n / 2)
                      at: 'n %% 2 == 0 ? time + duration("100ms") : time - duration("100ms")'
                    rateLimit: 900/s
                    eventTime: {field: at, outOfOrderness: 1s}
                stages:
                  routing:
                    type: route
                    from: events
                    routes:
                      - {id: customers, where: n %% 10 == 0}
                      - {id: calls}
                  versions: {type: latest, from: routing.customers, keyBy: [customer], ttl: 1d}
                  version: {type: select, from: versions, fields: {customer: customer, tier: n, op: op}}
                  once: {type: dedupe, from: routing.calls, keyBy: [call], ttl: 1h}
                  enriched:
                    type: enrich
                    from: once
                    with: routing.customers
                    name: profile
                    keyBy: {from: [customer], with: [customer]}
                    ttl: 1d
                    add: {tier: 'orElse(profile.n, -1)'}
                  known: {type: filter, from: enriched, where: tier >= 0}
                  volumes:
                    type: window
                    from: known
                    keyBy: [customer]
                    window: {type: tumbling, size: 10s}
                    aggregate: {calls: count()}
                  ranked:
                    type: top
                    from: volumes
                    keyBy: []
                    n: 1
                    orderBy: [{by: calls, direction: descending}, {by: customer, direction: ascending}]
                  named: {type: select, from: ranked, fields: {start: windowStart, customer: customer, calls: calls}}
                  pairs:
                    type: cep
                    from: known
                    keyBy: [customer]
                    steps:
                      - {id: third, where: n %% 10 == 3}
                      - {id: ninth, where: n %% 10 == 9, contiguity: followedBy}
                    within: 5s
                    afterMatch: {skip: pastLast}
                    emit:
                      customer: ninth[0].customer
                      began: third[0].n
                      ended: ninth[0].n
                      tier: third[0].tier
                sinks:
                  hook:
                    type: http
                    from: routing.customers
                    connection: shop
                    path: /customers
                    body: {n: n}
                    retry: {unreachableFor: 0s}
                  current: {type: file, from: version, path: %1$s/current, format: {type: json}, single: true}
                  busiest: {type: file, from: named, path: %1$s/busiest, format: {type: json}, single: true}
                  closed: {type: file, from: pairs, path: %1$s/closed, format: {type: json}, single: true}
                  lost: {type: file, from: late, path: %1$s/lost, format: {type: json}, single: true}
                errors: {default: fail}
                runtime:
                  parallelism: 2
                  checkpoint: {every: 50ms, tolerableFailures: 100}
                  restart: {strategy: fixed, attempts: 10, delay: 1ms}
                """
                .formatted(folder, server.getPort(), EVENTS);
    }
}
