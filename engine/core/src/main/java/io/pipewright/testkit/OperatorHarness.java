package io.pipewright.testkit;

import io.pipewright.schema.PluginCatalog;
import io.pipewright.testkit.JobTopology.Edge;
import io.pipewright.testkit.JobTopology.Vertex;
import java.io.Serial;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.operators.testutils.MockInputSplitProvider;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorFactory;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.mailbox.Mail;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * One life of one operator, from its start or a restore to its end or a crash.
 *
 * <p>The operator is a copy made by serialization, as on a cluster, so that nothing but its state outlives a crash. What
 * it emits, to the main output and to side outputs, is kept in the order in which it was emitted.
 */
final class OperatorHarness extends AbstractStreamOperatorTestHarness<Object> {

    private static final int MAX_STATE_BYTES = 256 << 20;
    private static final int MANAGED_BYTES = 3 << 20;
    private static final int BUFFER_BYTES = 1024;

    /** A record in a side output. */
    record SideRecord(OutputTag<?> tag, StreamRecord<?> record) {}

    private OperatorHarness(Vertex vertex, SharedDisk disk) throws Exception {
        super(copy(vertex.node().getOperatorFactory()), environment(vertex, disk));
        for (Edge edge : vertex.out()) {
            if (edge.tag() != null) {
                sideOutputLists.put(edge.tag(), new InOrder(edge.tag(), getOutput()));
            }
        }
    }

    /** Flink's own for its harnesses, but for the disk and the class loader. */
    private static MockEnvironment environment(Vertex vertex, SharedDisk disk) {
        return new MockEnvironmentBuilder()
                .setTaskName(vertex.uid())
                .setManagedMemorySize(MANAGED_BYTES)
                .setInputSplitProvider(new MockInputSplitProvider())
                .setBufferSize(BUFFER_BYTES)
                .setMaxParallelism(vertex.maxParallelism())
                .setParallelism(1)
                .setSubtaskIndex(0)
                .setIOManager(disk)
                .setUserCodeClassLoader(PluginCatalog.surroundings())
                .build();
    }

    private static StreamOperatorFactory<Object> copy(StreamOperatorFactory<?> factory) throws Exception {
        @SuppressWarnings("unchecked") // what it makes is only ever asked for objects
        StreamOperatorFactory<Object> copy =
                (StreamOperatorFactory<Object>) InstantiationUtil.clone(factory, PluginCatalog.surroundings());
        return copy;
    }

    /**
     * Starts an operator.
     *
     * @param state of its former life, or null for none
     * @param processingTime in milliseconds
     */
    static OperatorHarness start(
            Vertex vertex,
            ExecutionConfig job,
            StateBackend stateBackend,
            SharedDisk disk,
            @Nullable OperatorSubtaskState state,
            long processingTime)
            throws Exception {
        OperatorHarness harness = new OperatorHarness(vertex, disk);
        harness.setStateBackend(stateBackend);
        harness.configure(vertex, job);
        harness.setProcessingTime(processingTime);
        @SuppressWarnings("unchecked")
        TypeSerializer<Object> output = (TypeSerializer<Object>) vertex.node().getTypeSerializerOut();
        harness.setup(output);
        if (state == null) {
            harness.initializeEmptyState();
        } else {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private void configure(Vertex vertex, ExecutionConfig job) throws Exception {
        setCheckpointStorage(new JobManagerCheckpointStorage(MAX_STATE_BYTES));
        if (job.isObjectReuseEnabled()) {
            getExecutionConfig().enableObjectReuse();
        }
        config.setupNetworkInputs(vertex.node().getTypeSerializersIn());
        KeySelector<?, ?>[] keys = vertex.node().getStatePartitioners();
        for (int input = 0; input < keys.length; input++) {
            if (keys[input] != null) {
                config.setStatePartitioner(input, InstantiationUtil.clone(keys[input], PluginCatalog.surroundings()));
            }
        }
        if (vertex.node().getStateKeySerializer() != null) {
            config.setStateKeySerializer(vertex.node().getStateKeySerializer());
        }
        config.setOperatorName(vertex.node().getOperatorName());
        config.serializeAllConfigs();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    void process(int input, StreamRecord<?> element) throws Exception {
        if (operator instanceof TwoInputStreamOperator two) {
            if (input == 0) {
                two.setKeyContextElement1(element);
                two.processElement1(element);
            } else {
                two.setKeyContextElement2(element);
                two.processElement2(element);
            }
        } else {
            OneInputStreamOperator one = only();
            one.setKeyContextElement(element);
            one.processElement(element);
        }
    }

    void process(int input, Watermark watermark) throws Exception {
        if (operator instanceof TwoInputStreamOperator<?, ?, ?> two) {
            if (input == 0) {
                two.processWatermark1(watermark);
            } else {
                two.processWatermark2(watermark);
            }
        } else {
            only().processWatermark(watermark);
        }
    }

    private OneInputStreamOperator<?, ?> only() {
        if (operator instanceof OneInputStreamOperator<?, ?> one) {
            return one;
        }
        throw new UnsupportedOperationException(
                operator.getClass().getName() + " has neither one nor two inputs; the testkit runs no others.");
    }

    /** All input has arrived, and the operator emits what is left. */
    void finish() throws Exception {
        if (operator instanceof BoundedMultiInput many) {
            many.endInput(1);
            many.endInput(2);
        } else if (operator instanceof BoundedOneInput one) {
            one.endInput();
        }
        operator.finish();
    }

    /** Runs what other threads, or the operator itself, have put aside for the operator's thread. */
    boolean runMail() throws Exception {
        boolean ran = false;
        Optional<Mail> mail = getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        while (mail.isPresent()) {
            mail.get().run();
            ran = true;
            mail = getTaskMailbox().tryTake(TaskMailbox.MIN_PRIORITY);
        }
        return ran;
    }

    /** Ends this life without {@code finish}, as a cancelled or failed task does. */
    void abandon() throws Exception {
        getProcessingTimeService().shutdownService();
        operator.close();
        getEnvironment().close();
    }

    /** The queue of one side output, which appends to the one queue of all. */
    private static final class InOrder extends ConcurrentLinkedQueue<Object> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final transient OutputTag<?> tag;
        private final transient ConcurrentLinkedQueue<Object> all;

        InOrder(OutputTag<?> tag, ConcurrentLinkedQueue<Object> all) {
            this.tag = tag;
            this.all = all;
        }

        @Override
        public boolean add(Object record) {
            return all.add(new SideRecord(tag, (StreamRecord<?>) record));
        }
    }
}
