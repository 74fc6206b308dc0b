package io.pipewright.stages.harness;

import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.operators.testutils.MockInputSplitProvider;

/**
 * What Flink's harnesses of operators make for themselves, but for the disk, of which there is one for all of them: a
 * disk has threads and folders, and to make one for each operator takes a third of the time of a test that has thousands.
 */
public final class HarnessEnvironment {

    private static final IOManager DISK = new IOManagerAsync() {
        /** Called for each operator that ends; others go on. */
        @Override
        public void close() {}
    };

    private HarnessEnvironment() {}

    /** For one of so many subtasks. */
    public static MockEnvironment of(int maxParallelism, int parallelism, int subtask) {
        return new MockEnvironmentBuilder()
                .setManagedMemorySize(3 << 20)
                .setInputSplitProvider(new MockInputSplitProvider())
                .setBufferSize(1024)
                .setMaxParallelism(maxParallelism)
                .setParallelism(parallelism)
                .setSubtaskIndex(subtask)
                .setIOManager(DISK)
                .build();
    }
}
