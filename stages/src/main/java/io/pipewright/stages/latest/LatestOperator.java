package io.pipewright.stages.latest;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.AddedValues;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.InOrderOperator;
import io.pipewright.spi.stage.ReadPort;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Remembers the latest record of each key, emits each as a row that is written, and deletes it when it has expired. */
final class LatestOperator extends InOrderOperator {

    private static final long serialVersionUID = 1L;

    private final LatestPlan plan;
    private final RecordType row;

    @SuppressWarnings("NullAway.Init")
    private transient ExpiringState latest;

    @SuppressWarnings("NullAway.Init")
    private transient AddedValues rows;

    LatestOperator(
            LatestPlan plan,
            RecordType input,
            RecordType row,
            @Nullable ReadPort late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(input, late, errors, failures);
        this.plan = plan;
        this.row = row;
    }

    @Override
    public void open() throws Exception {
        super.open();
        rows = AddedValues.bind(List.of(RowChange.NAME), input(), row);
        latest = ExpiringState.open(this, LatestPlan.LATEST, input(), plan.ttl(), this::expire);
    }

    /** An older record than the one that is remembered can come only after a restore, by the lowest watermark. */
    @Override
    protected void take(long time, DataRecord record) throws Exception {
        ExpiringState.Entry entry = latest.get();
        if (entry != null && time < entry.time()) {
            sendLate(record, time);
            return;
        }
        if (entry != null && time >= latest.expiry(entry.time())) {
            expire(latest.expiry(entry.time()), entry.record()); // its timer has not fired yet
        }
        latest.put(entry, time, record);
        emit(record, RowChange.UPSERT, time);
    }

    private void expire(long time, DataRecord record) {
        if (isWhole(time, record, "The row was stored")) {
            emit(record, RowChange.DELETE, time);
        }
    }

    private void emit(DataRecord record, RowChange change, long time) {
        output.collect(new StreamRecord<>(rows.of(record, change.text()), time));
    }
}
