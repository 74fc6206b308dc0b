package io.pipewright.stages.generate;

import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.stages.splits.DealtSource;
import io.pipewright.stages.splits.SplitSerializer;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;

/**
 * Counts, and makes a record of each number.
 *
 * <p>The numbers are in as many parts as there are subtasks at the first start. A restored job makes each record that is
 * still to come once.
 */
final class NumbersSource extends DealtSource<Numbers> {

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
    protected List<Numbers> splits(int parallelism) {
        return Numbers.all(parallelism);
    }

    @Override
    protected SplitSerializer<Numbers> serializer() {
        return new Numbers.Serializer();
    }
}
