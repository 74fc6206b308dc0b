package io.pipewright.stages.generate;

import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Counts, and makes a record of each number.
 *
 * <p>The numbers are dealt out in turn, one part to each subtask of the first start. A part and how far it has come are
 * all that a checkpoint holds, so that a restored job makes each record that is still to come once, at any parallelism.
 */
final class NumbersSource implements Source<SourceElement, Numbers, List<Numbers>> {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final GeneratePlan plan;
    private final SourceDecoder decoder;

    NumbersSource(String topic, GeneratePlan plan, SourceDecoder decoder) {
        this.topic = topic;
        this.plan = plan;
        this.decoder = decoder;
    }

    @Override
    public Boundedness getBoundedness() {
        return plan.count() == null ? Boundedness.CONTINUOUS_UNBOUNDED : Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<SourceElement, Numbers> createReader(SourceReaderContext context) {
        return new NumbersReader(topic, plan, decoder);
    }

    @Override
    public SplitEnumerator<Numbers, List<Numbers>> createEnumerator(SplitEnumeratorContext<Numbers> context) {
        return new NumbersEnumerator(context, NumbersEnumerator.all(context.currentParallelism()));
    }

    @Override
    public SplitEnumerator<Numbers, List<Numbers>> restoreEnumerator(
            SplitEnumeratorContext<Numbers> context, List<Numbers> unassigned) {
        return new NumbersEnumerator(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<Numbers> getSplitSerializer() {
        return new Numbers.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<List<Numbers>> getEnumeratorCheckpointSerializer() {
        return new NumbersEnumerator.Serializer();
    }
}
