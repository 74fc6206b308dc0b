package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * A keyed operator with one input that takes the records of each key in the order of their times, equal times in the
 * order of arrival: they wait until the watermark passes them. What comes for a time that was decided goes to the late
 * port, with the fields of the input that the port has.
 */
public abstract class InOrderOperator extends EventTimeOperator
        implements OneInputStreamOperator<DataRecord, DataRecord> {

    private static final long serialVersionUID = 1L;

    private final RecordType input;
    private final @Nullable ReadPort late;

    @SuppressWarnings("NullAway.Init") // set in open
    private transient EventTimeBuffer waiting;

    private transient Narrowing.@Nullable Narrower lateRecord;

    /** An operator of a stage whose records hold what {@code input} says. */
    protected InOrderOperator(
            RecordType input, @Nullable ReadPort late, OutputTag<DataRecord> errors, Failures failures) {
        super(failures, errors, late == null ? null : late.tag());
        this.input = input;
        this.late = late;
    }

    /**
     * Takes a record; the current key is the record's.
     *
     * @param time what {@link #dueAt} said
     * @throws Exception to fail the job
     */
    protected abstract void take(long time, DataRecord record) throws Exception;

    /** The time that the watermark has to reach for a record: its event time, unless a subclass says otherwise. */
    protected long dueAt(long time, DataRecord record) {
        return time;
    }

    /** All has been taken that a watermark reached. */
    protected void taken() {}

    /** What the records hold. */
    protected final RecordType input() {
        return input;
    }

    @Override
    public void open() throws Exception {
        super.open();
        lateRecord = late == null ? null : Narrowing.none(input).bind(input, late.layout());
        waiting = EventTimeBuffer.open(this, "waiting", List.of(new EventTimeBuffer.Channel(StagePlan.FROM, input)));
    }

    @Override
    public final void processElement(StreamRecord<DataRecord> element) throws Exception {
        DataRecord record = element.getValue();
        if (!hasTime(element, input)) {
            return;
        }
        long due = dueAt(element.getTimestamp(), record);
        if (lateness().isLate(due)) {
            sendLate(record, element.getTimestamp());
        } else {
            waiting.add(0, due, key(getStateKeySelector1(), record), record);
        }
    }

    /** Counts a late record, and sends it to the port if somebody reads it. */
    protected final void sendLate(DataRecord record, long time) {
        if (countLate() && lateRecord != null) {
            emitLate(lateRecord.narrow(record), time);
        }
    }

    /** What begins to wait needs no current key; it gets it when it is handed out. */
    @Override
    public final boolean hasKeyContext1() {
        return false;
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        waiting.drain(mark.getTimestamp(), (channel, time, record) -> handOut(time, record));
        taken();
        super.processWatermark(mark);
    }

    private void handOut(long time, DataRecord record) throws Exception {
        if (!isRestored() || isWhole(time, record, "The record was waiting")) {
            take(time, record);
        }
    }

    /**
     * Whether a record from state has all fields that may not be null; if a field was declared after it was stored, the
     * record has failed.
     *
     * @param since begins the reason: {@code The record was waiting}
     */
    protected final boolean isWhole(long time, DataRecord record, String since) {
        String missing = record.missingField(input);
        if (missing != null) {
            fail("not-in-state", since + " before `" + missing + "` was declared.", time, input, record);
        }
        return missing == null;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        waiting.snapshot();
    }
}
