package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.Failures;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.util.OutputTag;

/** Is also told of the partial matches that ran out of time. */
final class TimedMatchFunction extends MatchFunction implements TimedOutPartialMatchHandler<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final OutputTag<DataRecord> timedOut;
    private final CepPlan plan;
    private final RecordType event;
    private final RecordType timedOutRow;

    @SuppressWarnings("NullAway.Init")
    private transient TimedOutRow row;

    TimedMatchFunction(
            CepPlan plan,
            Layouts layouts,
            OutputTag<DataRecord> errors,
            Failures failures,
            OutputTag<DataRecord> timedOut,
            RecordType timedOutRow) {
        super(plan, layouts, errors, failures);
        this.timedOut = timedOut;
        this.plan = plan;
        this.event = layouts.event();
        this.timedOutRow = timedOutRow;
    }

    @Override
    public void open(OpenContext context) {
        super.open(context);
        row = new TimedOutRow(plan, event, timedOutRow);
    }

    @Override
    public void processTimedOutMatch(Map<String, List<DataRecord>> match, Context context) {
        context.output(timedOut, row.of(steps(match)));
    }
}
