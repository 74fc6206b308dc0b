package io.pipewright.stages.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Rate;
import io.pipewright.spi.option.Secret;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cxone.HttpAuth;
import io.pipewright.stages.harness.ClosedPort;
import io.pipewright.stages.harness.TestPlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The writer against a real HTTP server that refuses, is busy, is slow, or is not there. It is long because every answer
 * that a server may give has its case, and all share the server and what it was sent.
 */
class HttpWriterTest {

    private static final RecordType ORDER = RecordType.of(
            "Order", Field.of("id", Scalar.STRING), Field.of("n", Scalar.LONG), Field.nullable("note", Scalar.STRING));

    private final MockWebServer server = new MockWebServer();
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    /** With it no request is answered before so many are open. */
    private volatile CyclicBarrier together;

    private MailboxExecutorImpl mailbox;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                String body = request.getBody().readUtf8();
                note(request, body);
                together(request);
                Integer status = statuses.poll();
                open.decrementAndGet();
                answered.incrementAndGet();
                return new MockResponse().setResponseCode(status != null ? status : body.contains("bad") ? 422 : 204);
            }
        });
        server.start();
    }

    /** Keeps both under the same number, also where requests come at once. */
    private synchronized void note(RecordedRequest request, String body) {
        requests.add(request);
        bodies.add(body);
    }

    private void together(RecordedRequest request) throws InterruptedException {
        CyclicBarrier barrier = together;
        try {
            if (barrier != null) {
                barrier.await(60, TimeUnit.SECONDS);
            }
        } catch (BrokenBarrierException | TimeoutException e) {
            throw new AssertionError("Fewer requests are open than may be: " + request, e);
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRecordIsARequestOfItsOwnWithHeadersSignatureAndKey(boolean barriers) throws Exception {
        try (var writer = writer(new Plan().signed().keyed())) {
            feed(writer, barriers, "a", "b");
            assertThat(writer.getOutput()).isEmpty();
        }
        assertThat(bodies)
                .containsExactlyInAnyOrder(
                        "{\"id\":\"a\",\"n\":1,\"note\":null}", "{\"id\":\"b\",\"n\":2,\"note\":null}");
        RecordedRequest first = requests.get(bodies.indexOf("{\"id\":\"a\",\"n\":1,\"note\":null}"));
        assertThat(first.getMethod()).isEqualTo("POST");
        assertThat(first.getPath()).isEqualTo("/hook?x=1");
        assertThat(first.getHeaders().get("Content-Type")).isEqualTo("application/json");
        assertThat(first.getHeaders().get("X-Team")).isEqualTo("blue");
        assertThat(first.getHeaders().get("Idempotency-Key")).isEqualTo("a");
        assertThat(first.getHeaders().get("X-Signature"))
                .isEqualTo("sha256=213185a381ced0958638d94285a2735ffd54e7212d94b6886048945a1aa05d6f");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBatchIsAnArrayAndABarrierSendsWhatIsThere(boolean barriers) throws Exception {
        try (var writer = writer(new Plan().batch(2))) {
            feed(writer, barriers, "a", "b", "c");
        }
        List<Integer> sizes = bodies.stream()
                .map(body -> body.split("\"id\"", -1).length - 1)
                .sorted()
                .toList();
        assertThat(sizes).isEqualTo(barriers ? List.of(1, 1, 1) : List.of(1, 2));
        assertThat(bodies).allSatisfy(body -> assertThat(body).startsWith("[{").endsWith("}]"));
    }

    @Test
    void aRequestLeavesWhenItHasWaitedLongEnoughForOthers() throws Exception {
        try (var writer = writer(new Plan().batch(100))) {
            writer.processElement(order("a", 1));
            mailbox.yield();
            mailbox.yield();
            assertThat(answered).hasValue(1);
        }
    }

    @Test
    void computedFieldsTakeThePlaceOfTheRecordAndWhatHasNoneIsReported() throws Exception {
        try (var writer = writer(new Plan().body(Map.of("half", "10 / (n - 1)")))) {
            feed(writer, false, "a", "b");
            assertThat(failures(writer)).containsExactly("a division-by-zero");
        }
        assertThat(bodies).containsExactly("{\"half\":10}");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 503})
    void whatTheServerCannotTakeNowIsSentAgain(int status) throws Exception {
        statuses.addAll(List.of(status, status));
        try (var writer = writer(new Plan().keyed())) {
            feed(writer, false, "a");
            assertThat(writer.getOutput()).isEmpty();
        }
        assertThat(requests).hasSize(3).allSatisfy(request -> assertThat(
                        request.getHeaders().get("Idempotency-Key"))
                .isEqualTo("a"));
    }

    @Test
    void whatIsNeverTakenGoesToErrorsAfterTheLastAttempt() throws Exception {
        statuses.addAll(List.of(503, 503, 503, 503));
        try (var writer = writer(new Plan())) {
            feed(writer, false, "a");
            assertThat(failures(writer)).containsExactly("a gave-up");
            feed(writer, false, "b");
        }
        assertThat(requests).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 410})
    void whatIsRefusedForGoodIsNotSentAgain(int status) throws Exception {
        statuses.add(status);
        try (var writer = writer(new Plan())) {
            feed(writer, false, "a");
            assertThat(failures(writer)).containsExactly("a refused");
        }
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void oneBadRecordTakesNoOtherOfItsBatchWithIt(int inFlight) throws Exception {
        try (var writer = writer(new Plan().batch(8).inFlight(inFlight))) {
            feed(writer, false, "a", "b", "bad1", "c", "d", "e", "bad2", "f", "g");
            assertThat(failures(writer)).containsExactlyInAnyOrder("bad1 refused", "bad2 refused");
        }
        String taken = bodies.stream().filter(body -> !body.contains("bad")).collect(Collectors.joining());
        for (String id : List.of("a", "b", "c", "d", "e", "f", "g")) {
            assertThat(taken.split("\"id\":\"" + id + "\"", -1)).as(id).hasSize(2);
        }
    }

    @Test
    void aBarrierWaitsForEveryAnswerAndNoMoreRequestsAreOpenThanAllowed() throws Exception {
        together = new CyclicBarrier(3);
        String[] ids = IntStream.range(0, 12).mapToObj(i -> "r" + i).toArray(String[]::new);
        try (var writer = writer(new Plan().inFlight(3))) {
            int n = 0;
            for (String id : ids) {
                writer.processElement(order(id, ++n));
            }
            writer.prepareSnapshotPreBarrier(1);
            assertThat(answered).hasValue(12);
        }
        assertThat(mostOpen).hasValue(3);
    }

    @Test
    void withOneInFlightRecordsKeepTheirOrderThroughRetries() throws Exception {
        statuses.addAll(List.of(204, 503, 503));
        try (var writer = writer(new Plan().inFlight(1))) {
            feed(writer, false, "a", "b", "c");
        }
        assertThat(bodies.stream().map(body -> body.substring(7, 8)).toList()).containsExactly("a", "b", "b", "b", "c");
    }

    @Test
    void aRateIsKept() throws Exception {
        long start = System.nanoTime();
        try (var writer = writer(new Plan().rate(new Rate(50, Duration.ofSeconds(1))))) {
            feed(writer, false, "a", "b", "c", "d", "e", "f");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(requests).hasSize(6);
    }

    @Test
    void aLoginStandsBesideTheSignatureInEveryAttempt() throws Exception {
        statuses.add(503);
        try (var writer = writer(new Plan().signed().auth(new HttpAuth.Bearer(Secret.of("hunter2"))))) {
            feed(writer, false, "a");
            assertThat(writer.getOutput()).isEmpty();
        }
        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer hunter2");
            assertThat(request.getHeaders().get("X-Signature")).startsWith("sha256=");
        });
    }

    /** Every other record would be refused as well. */
    @Test
    void aLoginThatIsNotAcceptedFailsTheJobAndReportsNoRecord() throws Exception {
        statuses.add(401);
        var writer = writer(new Plan().auth(new HttpAuth.Basic("me", Secret.of("hunter2"))));
        writer.processElement(order("a", 1));
        assertThatThrownBy(() -> writer.prepareSnapshotPreBarrier(1))
                .hasStackTraceContaining("`hook` cannot send: The server `127.0.0.1:" + server.getPort()
                        + "` does not accept the login (401). Check `auth` of the connection")
                .satisfies(error -> assertThat(error.toString()).doesNotContain("hunter2"));
        assertThat(writer.getOutput()).isEmpty();
        writer.getOneInputOperator().close();
    }

    @Test
    void aServerThatIsNotThereFailsTheJobInTheEnd() throws Exception {
        try (ClosedPort nobody = new ClosedPort()) {
            var writer = writer(new Plan().port(nobody.number()));
            writer.processElement(order("a", 1));
            assertThatThrownBy(() -> writer.prepareSnapshotPreBarrier(1))
                    .rootCause()
                    .isInstanceOf(IOException.class);
            assertThat(writer.getOutput()).isEmpty();
            writer.getOneInputOperator().close();
        }
    }

    private static void feed(
            OneInputStreamOperatorTestHarness<DataRecord, DataRecord> writer, boolean barriers, String... ids)
            throws Exception {
        int n = 0;
        for (String id : ids) {
            writer.processElement(order(id, ++n));
            if (barriers) {
                writer.prepareSnapshotPreBarrier(n);
            }
        }
        writer.getOneInputOperator().finish();
    }

    private static StreamRecord<DataRecord> order(String id, long n) {
        return new StreamRecord<>(DataRecord.of(id, n, null), n);
    }

    /** Each as the id of the record and the code. */
    private static List<String> failures(OneInputStreamOperatorTestHarness<DataRecord, DataRecord> writer) {
        return writer.extractOutputValues().stream()
                .map(failure -> {
                    String json = (String) failure.get(FailureRecord.TYPE.position("record"));
                    return json.replaceFirst("^.\"id\":\"(\\w+)\".*", "$1") + " " + failure.get(1);
                })
                .toList();
    }

    private OneInputStreamOperatorTestHarness<DataRecord, DataRecord> writer(Plan plan) throws Exception {
        mailbox = new MailboxExecutorImpl(new TaskMailboxImpl(), 0, StreamTaskActionExecutor.IMMEDIATE);
        HttpWriter operator =
                new HttpWriter(plan.make(), ORDER, new Failures("hook", ErrorPolicy.DEAD_LETTER), mailbox);
        var harness = new OneInputStreamOperatorTestHarness<DataRecord, DataRecord>(operator);
        harness.setup(RecordTypeInfo.of(FailureRecord.TYPE)
                .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
        harness.open();
        return harness;
    }

    private static CheckedExpression checked(String text) {
        return new TestPlan().check(new Expression(text, "x"), Scope.of(ORDER)).orElseThrow();
    }

    /** A plan with what a test changes of it. */
    private final class Plan {

        private HttpSinkOptions.Signature signature;
        private CheckedExpression key;
        private ComputedFields body;
        private int batch;
        private int inFlight = 4;
        private Rate rate;
        private int port = server.getPort();
        private HttpAuth auth = new HttpAuth.None();

        Plan signed() {
            signature =
                    new HttpSinkOptions.Signature(Secret.of("key"), "X-Signature", HttpSinkOptions.Algorithm.SHA256);
            return this;
        }

        Plan keyed() {
            key = checked("id");
            return this;
        }

        Plan body(Map<String, String> fields) {
            List<ComputedFields.Computed> computed = new ArrayList<>();
            fields.forEach((name, text) -> computed.add(new ComputedFields.Computed(name, checked(text))));
            body = new ComputedFields(computed);
            return this;
        }

        Plan batch(int size) {
            batch = size;
            return this;
        }

        Plan inFlight(int most) {
            inFlight = most;
            return this;
        }

        Plan rate(Rate limit) {
            rate = limit;
            return this;
        }

        Plan port(int other) {
            port = other;
            return this;
        }

        Plan auth(HttpAuth login) {
            auth = login;
            return this;
        }

        HttpSinkPlan make() {
            Duration limit = Duration.ofSeconds(60);
            return new HttpSinkPlan(
                    "hook",
                    "http://127.0.0.1:" + port + "/hook?x=1",
                    "POST",
                    Map.of("X-Team", "blue"),
                    body,
                    batch > 0,
                    Math.max(1, batch),
                    Duration.ofMillis(batch == 100 ? 10 : 60_000),
                    signature,
                    key,
                    inFlight,
                    rate,
                    new HttpSinkOptions.Retry(4, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(200)),
                    auth,
                    new HttpSinkPlan.Limits(limit, limit, limit),
                    ORDER);
        }
    }
}
