package io.pipewright.stages.retry;

import io.pipewright.spi.record.DataRecord;
import java.io.Serializable;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;

/** Makes an operator in its task, with the mailbox through which answers come to the task's own thread. */
public final class MailboxOperatorFactory extends AbstractStreamOperatorFactory<DataRecord>
        implements OneInputStreamOperatorFactory<DataRecord, DataRecord>, YieldingOperatorFactory<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final Maker maker;

    /** Makes one kind of operator, of one input. */
    public interface Maker extends Serializable {
        AbstractStreamOperator<DataRecord> make(MailboxExecutor mailbox);
    }

    public MailboxOperatorFactory(Maker maker) {
        this.maker = maker;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public <T extends StreamOperator<DataRecord>> T createStreamOperator(
            StreamOperatorParameters<DataRecord> parameters) {
        AbstractStreamOperator<DataRecord> operator = maker.make(getMailboxExecutor());
        operator.setProcessingTimeService(parameters.getProcessingTimeService());
        operator.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
        @SuppressWarnings("unchecked")
        T made = (T) operator;
        return made;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return AbstractStreamOperator.class;
    }
}
