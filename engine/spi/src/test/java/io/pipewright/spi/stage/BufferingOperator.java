package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps each record {@code (key, channel, number)} until the watermark passes its time, as a record of one of two
 * channels, and emits what it then is.
 */
final class BufferingOperator extends AbstractStreamOperator<DataRecord>
        implements OneInputStreamOperator<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    static final RecordType INPUT = RecordType.of(
            "Input", Field.of("key", Scalar.STRING), Field.of("channel", Scalar.INT), Field.of("number", Scalar.INT));
    static final RecordType FIRST =
            RecordType.of("First", Field.of("key", Scalar.STRING), Field.of("number", Scalar.INT));
    static final RecordType SECOND =
            RecordType.of("Second", Field.of("number", Scalar.INT), Field.of("key", Scalar.STRING));

    private final RecordType first;
    private final RecordType second;
    private final int capacity;

    @SuppressWarnings("NullAway.Init")
    private transient EventTimeBuffer buffer;

    private transient int mostOnHeap;

    BufferingOperator(RecordType first, RecordType second, int capacity) {
        this.first = first;
        this.second = second;
        this.capacity = capacity;
    }

    @Override
    public void open() throws Exception {
        super.open();
        buffer = EventTimeBuffer.open(
                this,
                "buffer",
                List.of(new EventTimeBuffer.Channel("one", first), new EventTimeBuffer.Channel("two", second)),
                capacity);
        mostOnHeap = buffer.onHeap();
    }

    /** The most records that were on the heap at one time, so far as one looked after each record. */
    int mostOnHeap() {
        return mostOnHeap;
    }

    @Override
    public void processElement(StreamRecord<DataRecord> element) throws Exception {
        DataRecord record = element.getValue();
        boolean toFirst = Integer.valueOf(0).equals(record.get(1));
        DataRecord kept =
                toFirst ? DataRecord.of(record.get(0), record.get(2)) : DataRecord.of(record.get(2), record.get(0));
        buffer.add(toFirst ? 0 : 1, element.getTimestamp(), (RecordKey) getCurrentKey(), kept);
        mostOnHeap = Math.max(mostOnHeap, buffer.onHeap());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        buffer.drain(mark.getTimestamp(), this::emit);
        mostOnHeap = Math.max(mostOnHeap, buffer.onHeap());
        super.processWatermark(mark);
    }

    private void emit(int channel, long time, DataRecord record) {
        Object key = record.get((channel == 0 ? first : second).position("key"));
        if (!RecordKey.of(key).equals(getCurrentKey())) {
            throw new AssertionError("The current key is " + getCurrentKey() + ", and the record's is " + key);
        }
        output.collect(new StreamRecord<>(record, time));
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        buffer.snapshot();
    }
}
