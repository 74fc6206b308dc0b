package io.pipewright.stages.latest;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.ReadPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds {@code latest}: one keyed operator. */
final class LatestBuilder implements StageBuilder<LatestPlan> {

    static final String ROLE = "rows";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(LatestPlan plan, Streams inputs, BuildContext context) {
        SingleOutputStreamOperator<DataRecord> rows = context.operator(
                context.keyBy(inputs.from(), context.input(StagePlan.FROM), plan.keyBy())
                        .transform(ROLE, RecordTypeInfo.of(rows(context)), operator(plan, context)),
                ROLE);
        Streams outputs = Streams.of(OutputPort.MAIN, rows)
                .with(OutputPort.ERRORS, rows.getSideOutput(context.tag(OutputPort.ERRORS)));
        return context.isRead(OutputPort.LATE)
                ? outputs.with(OutputPort.LATE, rows.getSideOutput(context.tag(OutputPort.LATE)))
                : outputs;
    }

    static LatestOperator operator(LatestPlan plan, BuildContext context) {
        return new LatestOperator(
                plan,
                context.input(StagePlan.FROM),
                rows(context),
                ReadPort.of(context, OutputPort.LATE).orElse(null),
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    private static RecordType rows(BuildContext context) {
        return context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : NOTHING;
    }
}
