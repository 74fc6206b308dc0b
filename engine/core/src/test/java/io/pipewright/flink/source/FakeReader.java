package io.pipewright.flink.source;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.InputStatus;

/** A reader that offers what a test gave it. */
final class FakeReader<T> implements SourceReader<T, FakeReader.Split> {

    record Split(String splitId) implements SourceSplit {}

    private record Offer<T>(String split, T element) {}

    private final Deque<Offer<T>> offers = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private T endless;
    private int perPoll = 1;

    void offer(String split, T element) {
        offers.add(new Offer<>(split, element));
        available.complete(null);
    }

    /** From now on there is always this element, so many of it per poll. */
    void offerEndlessly(T element, int perPoll) {
        this.endless = element;
        this.perPoll = perPoll;
        available.complete(null);
    }

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
        if (endless != null) {
            for (int i = 0; i < perPoll; i++) {
                output.collect(endless);
            }
            return InputStatus.MORE_AVAILABLE;
        }
        Offer<T> offer = offers.poll();
        if (offer == null) {
            if (available.isDone()) {
                available = new CompletableFuture<>();
            }
            return InputStatus.NOTHING_AVAILABLE;
        }
        if (offer.element() == null) {
            output.releaseOutputForSplit(offer.split());
        } else {
            output.createOutputForSplit(offer.split()).collect(offer.element());
        }
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void start() {}

    @Override
    public List<Split> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void addSplits(List<Split> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void pauseOrResumeSplits(Collection<String> pause, Collection<String> resume) {}

    @Override
    public void close() {}
}
