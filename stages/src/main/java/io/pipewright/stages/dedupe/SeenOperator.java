package io.pipewright.stages.dedupe;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.stage.InOrderOperator;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.stage.ReadPort;
import io.pipewright.spi.type.RecordType;
import java.io.Serializable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of each key when a record passed, and holds back those that come within {@code ttl} of it.
 *
 * <p>A duplicate does not touch state. Right after a restore a record may come that is older than the one that has
 * passed; it is a duplicate too.
 */
final class SeenOperator extends InOrderOperator {

    private static final long serialVersionUID = 1L;

    private static final DataRecord NOTHING = DataRecord.of();

    private final DedupePlan plan;
    private final Layouts layouts;
    private final @Nullable ReadPort duplicates;

    @SuppressWarnings("NullAway.Init")
    private transient ExpiringState seen;

    @SuppressWarnings("NullAway.Init")
    private transient Narrowing.Narrower passing;

    private transient Narrowing.@Nullable Narrower duplicate;

    @SuppressWarnings("NullAway.Init")
    private transient Counter duplicateRecords;

    SeenOperator(
            DedupePlan plan,
            Layouts layouts,
            @Nullable ReadPort duplicates,
            @Nullable ReadPort late,
            OutputTag<DataRecord> errors,
            Failures failures) {
        super(layouts.input, late, errors, failures);
        this.plan = plan;
        this.layouts = layouts;
        this.duplicates = duplicates;
    }

    /** What the records hold that come in and pass. */
    record Layouts(RecordType input, RecordType passed) implements Serializable {}

    @Override
    public void open() throws Exception {
        super.open();
        Narrowing narrowing = Narrowing.none(plan.input());
        passing = narrowing.bind(layouts.input, layouts.passed);
        duplicate = duplicates == null ? null : narrowing.bind(layouts.input, duplicates.layout());
        duplicateRecords = getMetricGroup().counter("duplicateRecords");
        seen = ExpiringState.open(this, DedupePlan.SEEN, DedupePlan.NOTHING, plan.ttl(), (time, record) -> {});
    }

    @Override
    protected void take(long time, DataRecord record) throws Exception {
        ExpiringState.Entry entry = seen.get();
        if (entry == null || time >= seen.expiry(entry.time())) {
            seen.put(entry, time, NOTHING);
            output.collect(new StreamRecord<>(passing.narrow(record), time));
            return;
        }
        duplicateRecords.inc();
        if (duplicates != null && duplicate != null) {
            output.collect(duplicates.tag(), new StreamRecord<>(duplicate.narrow(record), time));
        }
    }
}
