package io.pipewright.stages.splits;

import io.pipewright.spi.stage.SourceElement;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;

/** Keeps what a reader emits, and which splits it says are at their end. */
public final class CollectedElements implements ReaderOutput<SourceElement> {

    private final List<Object> values = new ArrayList<>();
    private final List<String> released = new ArrayList<>();

    /** The first field of each record. */
    public List<Object> values() {
        return values;
    }

    public List<String> released() {
        return released;
    }

    @Override
    public void collect(SourceElement element) {
        values.add(element.record().get(0));
    }

    @Override
    public void collect(SourceElement element, long timestamp) {
        collect(element);
    }

    @Override
    public void emitWatermark(Watermark watermark) {}

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public SourceOutput<SourceElement> createOutputForSplit(String splitId) {
        return this;
    }

    @Override
    public void releaseOutputForSplit(String splitId) {
        released.add(splitId);
    }
}
