package io.pipewright.bench.micro;

import io.pipewright.bench.contender.MicroPipeline;
import io.pipewright.testkit.PipelineHarness;
import java.io.IOException;
import java.util.List;
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
 * One event through a stage in the testkit's harnesses, state on the heap: no threads, no network. Making the event is
 * in it, and so is the harness; what {@link MeasuredStage#NONE} takes is what they take.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StageBenchmark {

    private static final String[] STATUSES = {"SUCCESS", "FAILURE", "CALLBACK_REQUEST", "SUCCESS"};

    private static final int CUSTOMERS = 1_000;

    /** An event of event time every so many milliseconds; a watermark after so many events. */
    private static final int STEP = 5;

    private static final int WATERMARK_EVERY = 1_000;

    /** Of two inputs, the second has a record for so many of the first. */
    private static final int UPDATE_EVERY = 10;

    @Param
    MeasuredStage stage = MeasuredStage.NONE;

    private final Random random = new Random(1);

    @SuppressWarnings("NullAway.Init") // set in prepare
    private PipelineHarness pipeline;

    private long time = 1_704_067_200_000L;
    private long events;

    @Setup
    public void prepare() throws IOException {
        pipeline = MicroPipeline.stage(stage.label());
        for (int i = 0; stage.hasCustomers() && i < CUSTOMERS; i++) {
            update(i);
        }
    }

    @TearDown
    public void close() {
        pipeline.close();
    }

    /** Feeds an event. Returns how many rows have come out since the last watermark, when one is due, else 0. */
    @Benchmark
    public int event() {
        time += STEP;
        events++;
        pipeline.record(
                "events",
                time,
                Map.of(
                        "customerId",
                        "C" + random.nextInt(CUSTOMERS),
                        "channel",
                        "CHANNEL-" + random.nextInt(50),
                        "status",
                        STATUSES[random.nextInt(STATUSES.length)],
                        "amount",
                        random.nextInt(100),
                        "tags",
                        List.of("a", "b", "c"),
                        "timestamp",
                        time));
        if (stage.hasCustomers() && events % UPDATE_EVERY == 0) {
            update(random.nextInt(CUSTOMERS));
        }
        if (events % WATERMARK_EVERY != 0) {
            return 0;
        }
        pipeline.watermark(time - 1);
        return pipeline.take("rows").size();
    }

    private void update(int customer) {
        pipeline.record("customers", time, Map.of("customerId", "C" + customer, "tier", "GOLD", "timestamp", time));
    }
}
