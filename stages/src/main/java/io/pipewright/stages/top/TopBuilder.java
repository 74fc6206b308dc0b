package io.pipewright.stages.top;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.InOrderOperator;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.ReadPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Builds {@code top}: one keyed operator, another one for windows, whose state is another. */
final class TopBuilder implements StageBuilder<TopPlan> {

    static final String RANKING = "ranking";
    static final String WINDOWS = "windows";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(TopPlan plan, Streams inputs, BuildContext context) {
        String role = plan.windows() ? WINDOWS : RANKING;
        SingleOutputStreamOperator<DataRecord> rows = context.operator(
                context.keyBy(inputs.from(), context.input(StagePlan.FROM), plan.groups())
                        .transform(role, RecordTypeInfo.of(rows(context)), operator(plan, context)),
                role);
        Streams outputs = Streams.of(OutputPort.MAIN, rows)
                .with(OutputPort.ERRORS, rows.getSideOutput(context.tag(OutputPort.ERRORS)));
        return context.isRead(OutputPort.LATE)
                ? outputs.with(OutputPort.LATE, rows.getSideOutput(context.tag(OutputPort.LATE)))
                : outputs;
    }

    static InOrderOperator operator(TopPlan plan, BuildContext context) {
        RecordType input = context.input(StagePlan.FROM);
        RecordType row = rows(context);
        @Nullable ReadPort late = ReadPort.of(context, OutputPort.LATE).orElse(null);
        OutputTag<DataRecord> errors = context.tag(OutputPort.ERRORS);
        return plan.windows()
                ? new WindowsOperator(plan, input, row, late, errors, context.failures())
                : new RankingOperator(plan, input, row, late, errors, context.failures());
    }

    private static RecordType rows(BuildContext context) {
        return context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : NOTHING;
    }
}
