package io.pipewright.bench.micro;

import io.pipewright.bench.contender.MicroPipeline;
import io.pipewright.bench.feed.Part;
import io.pipewright.testkit.PipelineHarness;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One event through the stages of a part of the pipeline, in the testkit's harnesses: no threads, no network. The harness
 * itself and the stages before are in it, so compare it with itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StageBenchmark {

    private static final String[] STATUSES = {"SUCCESS", "FAILURE", "CALLBACK_REQUEST", "SUCCESS"};

    /** An event of event time every so many milliseconds; a watermark after so many events. */
    private static final int STEP = 5;

    private static final int WATERMARK_EVERY = 1_000;

    @Param({"WINDOW", "PATTERN"})
    private Part part = Part.WINDOW;

    private final Random random = new Random(1);

    @SuppressWarnings("NullAway.Init") // set in prepare
    private PipelineHarness pipeline;

    private long time = 1_704_067_200_000L;
    private long events;

    @Setup
    public void prepare() throws IOException {
        pipeline = MicroPipeline.of(part).harness();
    }

    @TearDown
    public void close() {
        pipeline.close();
    }

    @Benchmark
    public void event() {
        time += STEP;
        Map<String, Object> values = new HashMap<>();
        values.put("recordType", "interaction");
        values.put("interactionId", "i");
        values.put("customerId", "C" + random.nextInt(10_000));
        values.put("channel", "CHANNEL-" + random.nextInt(50));
        values.put("status", STATUSES[random.nextInt(STATUSES.length)]);
        values.put("timestamp", time);
        pipeline.record("events", time, values);
        if (++events % WATERMARK_EVERY == 0) {
            pipeline.watermark(time - 1);
            pipeline.take(part == Part.WINDOW ? "volumesTable" : "alertsTable");
        }
    }
}
