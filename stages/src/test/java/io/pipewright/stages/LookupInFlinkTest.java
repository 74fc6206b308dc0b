package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lookup on a Flink in this process, whose checkpoints come while answers and retries are waited for. */
class LookupInFlinkTest {

    private static final int ORDERS = 300;

    private final MockWebServer server = new MockWebServer();
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = String.valueOf(request.getPath());
                if (!"hunter2".equals(request.getHeader("X-API-Key"))) {
                    return new MockResponse().setResponseCode(401);
                }
                boolean first = asked.add(path);
                return answer(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)), first);
            }
        });
        server.start();
    }

    /** Each tenth order is told to come again, each seventh is not known, and one is refused; some take their time. */
    private static MockResponse answer(int order, boolean first) {
        MockResponse response = new MockResponse().setHeadersDelay(order % 5 * 10, TimeUnit.MILLISECONDS);
        if (order % 10 == 0 && first) {
            return response.setResponseCode(503);
        }
        if (order == 13) {
            return response.setResponseCode(403);
        }
        return order % 7 == 0 ? response.setResponseCode(404) : response.setBody("{\"tier\": \"T" + order + "\"}");
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void everyRecordLeavesOnceAndInItsOrderThroughRetriesAndCheckpoints() throws Exception {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve("shop"), "hunter2\n");
        PipelineRun.finish(
                """
                apiVersion: pipeline/v1
                name: orders
                connections:
                  shop: {type: http, baseUrl: "http://127.0.0.1:%2$d", auth: {type: apiKey, key: "${secret:shop}"}}
                records:
                  Order: {fields: {id: string}}
                  Status: {fields: {tier: string}}
                sources:
                  orders: {type: generate, record: Order, count: %3$d, fields: {id: string(n)}, rateLimit: 500/s}
                stages:
                  known:
                    type: lookup
                    from: orders
                    server: {type: http, connection: shop, path: "/orders/{id}", format: {type: json, record: Status}}
                    key: {id: id}
                    name: status
                    capacity: 20
                    retry: {backoff: 30ms}
                    add: {tier: 'orElse(status.tier, "none")'}
                sinks:
                  out: {type: file, from: known, path: %1$s/out, format: {type: json}, single: true}
                  dead: {type: file, from: errors, path: %1$s/dead, format: {type: json}, single: true}
                errors: {default: deadLetter}
                runtime:
                  parallelism: 1
                  checkpoint: {every: 20ms}
                """
                        .formatted(folder, server.getPort(), ORDERS),
                folder,
                secrets);
        List<String> expected = IntStream.range(0, ORDERS)
                .filter(order -> order != 13)
                .mapToObj(order ->
                        "{\"id\":\"" + order + "\",\"tier\":\"" + (order % 7 == 0 ? "none" : "T" + order) + "\"}")
                .toList();
        assertThat(Files.readAllLines(folder.resolve("out"))).isEqualTo(expected);
        assertThat(Files.readAllLines(folder.resolve("dead"))).singleElement().satisfies(line -> assertThat(line)
                .contains("\"stage\":\"known\"", "refused", "status 403"));
    }
}
