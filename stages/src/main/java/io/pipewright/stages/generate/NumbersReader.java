package io.pipewright.stages.generate;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.stages.splits.DealtReader;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.core.io.InputStatus;

/** Makes one record per poll, that of the least number that is its own. */
final class NumbersReader extends DealtReader<Numbers> {

    private final String topic;
    private final GeneratePlan plan;
    private final SourceDecoder decoder;

    /** @param topic what the origin of a record names as its place */
    NumbersReader(String topic, GeneratePlan plan, SourceDecoder decoder) {
        super(new PriorityQueue<>(Comparator.comparingLong(Numbers::next)));
        this.topic = topic;
        this.plan = plan;
        this.decoder = decoder;
    }

    @Override
    public InputStatus pollNext(ReaderOutput<SourceElement> outputs) {
        Numbers numbers = next();
        if (numbers == null) {
            return nothingWaits();
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
        putBack(numbers.advanced());
        return InputStatus.MORE_AVAILABLE;
    }

    private boolean isOver(Numbers numbers) {
        Long count = plan.count();
        return count != null && numbers.next() >= count;
    }
}
