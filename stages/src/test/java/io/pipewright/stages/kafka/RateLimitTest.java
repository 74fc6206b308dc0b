package io.pipewright.stages.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.flink.LocalJob;
import io.pipewright.sandbox.KafkaServer;
import io.pipewright.sandbox.Poll;
import io.pipewright.sandbox.SandboxTopics;
import io.pipewright.sandbox.TopicRecord;
import io.pipewright.stages.PipelineRun;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rate limit, measured: messages come out of a job at the times that their producer stamped on them.
 *
 * <p>Never more than 1 % over in any 10 s, and within 1 % of the limit when there is a backlog. Time in which the machine
 * had no processor for us is not held against the limit. {@code -Dpipewright.rate.seconds=20} measures longer,
 * and more cases.
 */
@Tag("timing")
class RateLimitTest {

    private static final boolean MEASURING = Integer.getInteger("pipewright.rate.seconds") != null;
    private static final int SECONDS = Integer.getInteger("pipewright.rate.seconds", 12);
    private static final int WINDOW_MILLIS = 10_000;

    /** In this time classes are loaded, and the producer asks for the topic. */
    private static final int SETTLING_MILLIS = 2_000;

    /** One that is fast, so that a machine of two processors is not busy with all together. */
    private static final List<Case> OFTEN = List.of(new Case(500, 2, 1), new Case(5_000, 1, 2), new Case(20_000, 2, 3));

    private static final List<Case> SELDOM =
            List.of(new Case(500, 1, 2), new Case(500, 2, 2), new Case(20_000, 1, 2), new Case(20_000, 2, 1));

    private static final Map<Case, Measured> MEASURED = new HashMap<>();

    private static KafkaServer kafka;
    private static SandboxTopics topics;

    /** A source of a job. */
    private record Case(int rate, int parallelism, int partitions) {

        String id() {
            return "rate" + rate + "x" + parallelism + "x" + partitions;
        }

        @Override
        public String toString() {
            return rate + "/s, parallelism " + parallelism + ", " + partitions + " partitions";
        }
    }

    /**
     * What came out of a source.
     *
     * @param times of the messages, in their order
     * @param stalled the share of the time in which the machine had no processor for us
     */
    private record Measured(List<Long> times, double stalled) {}

    /** The sources that are measured together are one job, so that they take no longer than one. */
    @BeforeAll
    static void measure() throws Exception {
        kafka = TestKafka.start();
        topics = new SandboxTopics(kafka.bootstrapServers());
        measure(OFTEN);
        if (MEASURING) {
            measure(SELDOM);
        }
    }

    private static void measure(List<Case> cases) throws Exception {
        for (Case each : cases) {
            topics.create(each.id(), each.partitions);
            topics.create(each.id() + "-out", 1);
            feed(each.id(), each.partitions, each.rate * (SECONDS + 4));
        }
        double stalled;
        try (Ticker ticker = new Ticker();
                LocalJob job = PipelineRun.start(pipeline(cases), TestKafka.folder("rate-"))) {
            for (Case each : cases) {
                awaitOutput(each.id() + "-out", (long) each.rate * SECONDS);
            }
            stalled = ticker.stalledShare();
        }
        for (Case each : cases) {
            List<Long> times = topics.read(each.id() + "-out").stream()
                    .map(TopicRecord::timestamp)
                    .sorted()
                    .toList();
            MEASURED.put(each, new Measured(times, stalled));
        }
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    static Stream<Case> cases() {
        return MEASURING ? Stream.concat(OFTEN.stream(), SELDOM.stream()) : OFTEN.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theLimitIsReachedAndNeverPassed(Case each) {
        List<Long> times = MEASURED.get(each).times;
        int rate = each.rate;
        long most = mostIn(times);
        List<Long> settled = times.subList(first(times, times.get(0) + SETTLING_MILLIS), times.size());
        double perSecond = 1_000.0 * (settled.size() - 1) / (settled.get(settled.size() - 1) - settled.get(0));
        System.out.printf(
                "%s: %.1f/s, at most %.2f %% of the limit in 10 s%n",
                each, perSecond, most * 1e5 / rate / WINDOW_MILLIS);
        assertThat(most).isLessThanOrEqualTo((long) (rate * WINDOW_MILLIS / 1_000 * 1.01));
        assertThat(perSecond).isBetween(rate * (0.99 - MEASURED.get(each).stalled), rate * 1.01);
    }

    private static int first(List<Long> sorted, long atLeast) {
        int index = Collections.binarySearch(sorted, atLeast);
        return index < 0 ? -index - 1 : index;
    }

    private static long mostIn(List<Long> sorted) {
        int from = 0;
        int most = 0;
        for (int to = 0; to < sorted.size(); to++) {
            while (sorted.get(to) - sorted.get(from) >= WINDOW_MILLIS) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** Wants to run every 10 ms, and knows how much of the time it was kept from it for longer than the limiter can make good. */
    private static final class Ticker implements AutoCloseable {

        private static final long EVERY_NANOS = 10_000_000L;
        private static final long TOO_LONG_NANOS = 50_000_000L;

        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private final long start = System.nanoTime();
        private volatile long last = start;
        private volatile long stalled;

        Ticker() {
            thread.scheduleWithFixedDelay(this::tick, 0, EVERY_NANOS, TimeUnit.NANOSECONDS);
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
        private void tick() {
            long now = System.nanoTime();
            stalled += now - last > TOO_LONG_NANOS ? now - last : 0;
            last = now;
        }

        double stalledShare() {
            return (double) stalled / (System.nanoTime() - start);
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }

    private static void feed(String topic, int partitions, int records) {
        byte[] event = "{\"name\":\"n\"}".getBytes(UTF_8);
        try (TestProducer producer = new TestProducer(kafka.bootstrapServers())) {
            for (int i = 0; i < records; i++) {
                producer.send(topic, i % partitions, null, event);
            }
        }
    }

    /** Asks now and then; bounded by twice the time that it should take, and a minute. */
    private static void awaitOutput(String topic, long records) throws InterruptedException {
        Poll.until(
                records + " messages are in " + topic,
                Duration.ofSeconds(2L * SECONDS + 60),
                () -> topics.endOffsets(topic).get(0) >= records);
    }

    private static String pipeline(List<Case> cases) {
        StringBuilder sources = new StringBuilder();
        StringBuilder sinks = new StringBuilder();
        for (Case each : cases) {
            sources.append(
                    """
                      %1$s:
                        type: kafka
                        connection: main
                        topics: [%1$s]
                        group: tests
                        rateLimit: %2$d/s
                        format: {type: json, record: Event}
                        parallelism: %3$d
                    """
                            .formatted(each.id(), each.rate, each.parallelism));
            sinks.append(
                    """
                      %1$sOut:
                        type: kafka
                        from: %1$s
                        connection: main
                        topic: %1$s-out
                        format: {type: json}
                        parallelism: %2$d
                    """
                            .formatted(each.id(), each.parallelism));
        }
        return """
                apiVersion: pipeline/v1
                name: rate
                connections:
                  main: {type: kafka, bootstrapServers: ["%s"]}
                records:
                  Event: {fields: {name: string}}
                sources:
                %ssinks:
                %s"""
                .formatted(kafka.bootstrapServers(), sources, sinks);
    }
}
