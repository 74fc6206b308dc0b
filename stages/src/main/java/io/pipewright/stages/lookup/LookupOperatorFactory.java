package io.pipewright.stages.lookup;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;
import org.apache.flink.util.OutputTag;

/** Makes the operator, which needs the task's mailbox to take answers in the task's own thread. */
final class LookupOperatorFactory extends AbstractStreamOperatorFactory<DataRecord>
        implements OneInputStreamOperatorFactory<DataRecord, DataRecord>, YieldingOperatorFactory<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final LookupPlan plan;
    private final RecordType input;
    private final RecordType row;
    private final OutputTag<DataRecord> errors;
    private final Failures failures;

    LookupOperatorFactory(
            LookupPlan plan, RecordType input, RecordType row, OutputTag<DataRecord> errors, Failures failures) {
        this.plan = plan;
        this.input = input;
        this.row = row;
        this.errors = errors;
        this.failures = failures;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public <T extends StreamOperator<DataRecord>> T createStreamOperator(
            StreamOperatorParameters<DataRecord> parameters) {
        LookupOperator operator = new LookupOperator(plan, input, row, errors, failures, getMailboxExecutor());
        operator.setProcessingTimeService(parameters.getProcessingTimeService());
        operator.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
        @SuppressWarnings("unchecked")
        T made = (T) operator;
        return made;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return LookupOperator.class;
    }
}
