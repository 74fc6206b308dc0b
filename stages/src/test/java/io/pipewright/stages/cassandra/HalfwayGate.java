package io.pipewright.stages.cassandra;

import io.pipewright.spi.record.DataRecord;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;

/**
 * Lets records pass, tells when half of them have, and holds the last three eighths back until the test says so.
 * Parallelism 1; found again by name, since Flink makes copies of functions.
 */
final class HalfwayGate implements MapFunction<DataRecord, DataRecord>, CheckpointListener, CheckpointedFunction {

    private static final long serialVersionUID = 1L;
    private static final Map<String, Signals> ALL = new ConcurrentHashMap<>();
    private static final long WAIT_SECONDS = 300;

    private final String name;
    private final int half;
    private int seen;

    HalfwayGate(String name, int records) {
        this.name = name;
        this.half = records / 2;
        ALL.put(name, new Signals(new CountDownLatch(1), new CountDownLatch(1), new AtomicInteger()));
    }

    /** What the test and the running function tell each other. */
    record Signals(CountDownLatch halfway, CountDownLatch goOn, AtomicInteger checkpoints) {
        void awaitHalfway() throws InterruptedException {
            if (!halfway.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The job did not come halfway.");
            }
        }
    }

    Signals signals() {
        return ALL.get(name);
    }

    @Override
    public DataRecord map(DataRecord record) throws Exception {
        seen++;
        if (seen == half) {
            signals().halfway().countDown();
        }
        if (seen == half + half / 4 && !signals().goOn().await(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The test did not go on.");
        }
        return record;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        signals().checkpoints().incrementAndGet();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public void initializeState(FunctionInitializationContext context) {}
}
