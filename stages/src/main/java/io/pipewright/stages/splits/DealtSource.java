package io.pipewright.stages.splits;

import io.pipewright.spi.stage.SourceElement;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A source whose splits are all known when it first starts, and are dealt out then. They and how far each has come are
 * all that a checkpoint holds, so that a restored job goes on with each, at any parallelism.
 */
public abstract class DealtSource<S extends SourceSplit> implements Source<SourceElement, S, List<S>> {

    private static final long serialVersionUID = 1L;

    /** All there is to read, from the beginning. */
    protected abstract List<S> splits(int parallelism) throws IOException;

    /** Writes one split. */
    protected abstract SplitSerializer<S> serializer();

    @Override
    public final SplitEnumerator<S, List<S>> createEnumerator(SplitEnumeratorContext<S> context) throws IOException {
        return new SplitDealer<>(context, splits(context.currentParallelism()));
    }

    @Override
    public final SplitEnumerator<S, List<S>> restoreEnumerator(SplitEnumeratorContext<S> context, List<S> undealt) {
        return new SplitDealer<>(context, undealt);
    }

    @Override
    public final SimpleVersionedSerializer<S> getSplitSerializer() {
        return serializer();
    }

    @Override
    public final SimpleVersionedSerializer<List<S>> getEnumeratorCheckpointSerializer() {
        return serializer().ofLists();
    }
}
