package io.pipewright.stages.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;

/** Makes one record per poll, that of the least number that is its own. */
final class NumbersReader implements SourceReader<SourceElement, Numbers> {

    private final String topic;
    private final GeneratePlan plan;
    private final SourceDecoder decoder;
    private final PriorityQueue<Numbers> open = new PriorityQueue<>(Comparator.comparingLong(Numbers::next));
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean noMore;

    /** @param topic what the origin of a record names as its place */
    NumbersReader(String topic, GeneratePlan plan, SourceDecoder decoder) {
        this.topic = topic;
        this.plan = plan;
        this.decoder = decoder;
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<SourceElement> outputs) {
        Numbers numbers = open.poll();
        if (numbers == null) {
            return noMore ? InputStatus.END_OF_INPUT : nothing();
        }
        if (isOver(numbers)) {
            outputs.releaseOutputForSplit(numbers.splitId());
            return InputStatus.MORE_AVAILABLE;
        }
        SourceOutput<SourceElement> out = outputs.createOutputForSplit(numbers.splitId());
        long number = numbers.next();
        byte[] message = Long.toString(number).getBytes(US_ASCII);
        decoder.decode(
                message,
                new Origin(topic, numbers.index(), number),
                plan.records().time(number),
                out::collect);
        open.add(numbers.advanced());
        return InputStatus.MORE_AVAILABLE;
    }

    private boolean isOver(Numbers numbers) {
        Long count = plan.count();
        return count != null && numbers.next() >= count;
    }

    private InputStatus nothing() {
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<Numbers> snapshotState(long checkpointId) {
        return List.copyOf(open);
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return available;
    }

    @Override
    public void addSplits(List<Numbers> numbers) {
        open.addAll(numbers);
        available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
        noMore = true;
        available.complete(null);
    }

    @Override
    public void close() {}
}
