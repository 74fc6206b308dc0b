package io.pipewright.stages.splits;

import io.pipewright.spi.stage.SourceElement;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;
import org.jspecify.annotations.Nullable;

/** A reader that is given all its splits by a {@link DealtSource} and asks for none; it reads on the task's thread. */
public abstract class DealtReader<S extends SourceSplit> implements SourceReader<SourceElement, S> {

    private final Queue<S> waiting;
    private final Availability available = new Availability();
    private boolean noMore;

    /** @param order empty, for the splits in the order in which they are read */
    protected DealtReader(Queue<S> order) {
        this.waiting = order;
    }

    /** Takes the split that comes next; null if none waits. */
    protected final @Nullable S next() {
        return waiting.poll();
    }

    /** Has a split wait again, with how far it has come. */
    protected final void putBack(S split) {
        waiting.add(split);
    }

    /** What a poll answers when nothing waits. */
    protected final InputStatus nothingWaits() {
        return noMore ? InputStatus.END_OF_INPUT : available.nothing();
    }

    @Override
    public void start() {}

    /** The splits that wait. */
    @Override
    public List<S> snapshotState(long checkpointId) {
        return List.copyOf(waiting);
    }

    @Override
    public final CompletableFuture<Void> isAvailable() {
        return available.future();
    }

    @Override
    public final void addSplits(List<S> splits) {
        waiting.addAll(splits);
        available.ring();
    }

    @Override
    public final void notifyNoMoreSplits() {
        noMore = true;
        available.ring();
    }

    @Override
    public void close() throws IOException {}
}
