package io.pipewright.stages.http;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.YieldingOperatorFactory;

/** Makes the writer, which needs the task's mailbox to take answers in the task's own thread. */
final class HttpWriterFactory extends AbstractStreamOperatorFactory<DataRecord>
        implements OneInputStreamOperatorFactory<DataRecord, DataRecord>, YieldingOperatorFactory<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final HttpSinkPlan plan;
    private final RecordType input;
    private final Failures failures;

    HttpWriterFactory(HttpSinkPlan plan, RecordType input, Failures failures) {
        this.plan = plan;
        this.input = input;
        this.failures = failures;
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public <T extends StreamOperator<DataRecord>> T createStreamOperator(
            StreamOperatorParameters<DataRecord> parameters) {
        HttpWriter writer = new HttpWriter(plan, input, failures, getMailboxExecutor());
        writer.setProcessingTimeService(parameters.getProcessingTimeService());
        writer.setup(parameters.getContainingTask(), parameters.getStreamConfig(), parameters.getOutput());
        @SuppressWarnings("unchecked")
        T made = (T) writer;
        return made;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
        return HttpWriter.class;
    }
}
