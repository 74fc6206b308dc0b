package io.pipewright.stages.retry;

import io.pipewright.spi.record.DataRecord;
import java.io.Serializable;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;

/** Makes a writer in its task, with the mailbox through which answers come to the task's own thread. */
public final class RetryingWriterFactory extends AbstractStreamOperatorFactory<DataRecord>
        implements OneInputStreamOperatorFactory<DataRecord, DataRecord>, YieldingOperatorFactory<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final Maker maker;

    /** Makes one kind of writer. */
    public interface Maker extends Serializable {
        RetryingWriter<?> make(MailboxExecutor mailbox);
    }

    public RetryingWriterFactory(Maker maker) {
        this.maker = maker;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public <T extends StreamOperator<DataRecord>> T createStreamOperator(
            StreamOperatorParameters<DataRecord> parameters) {
        RetryingWriter<?> writer = maker.make(getMailboxExecutor());
        writer.setProcessingTimeService(parameters.getProcessingTimeService());
        writer.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
        @SuppressWarnings("unchecked")
        T made = (T) writer;
        return made;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return RetryingWriter.class;
    }
}
