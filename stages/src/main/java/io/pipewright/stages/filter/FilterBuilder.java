package io.pipewright.stages.filter;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds {@code filter}: one stateless operator. */
final class FilterBuilder implements StageBuilder<FilterPlan> {

    static final String ROLE = "condition";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(FilterPlan plan, Streams inputs, BuildContext context) {
        SingleOutputStreamOperator<DataRecord> filtered = context.operator(
                inputs.from().process(function(plan, context), RecordTypeInfo.of(passed(context))), ROLE);
        Streams outputs = Streams.of(OutputPort.MAIN, filtered)
                .with(OutputPort.ERRORS, filtered.getSideOutput(context.tag(OutputPort.ERRORS)));
        return context.isRead(FilterPlan.REJECTED)
                ? outputs.with(FilterPlan.REJECTED, filtered.getSideOutput(context.tag(FilterPlan.REJECTED)))
                : outputs;
    }

    static FilterFunction function(FilterPlan plan, BuildContext context) {
        boolean rejectedRead = context.isRead(FilterPlan.REJECTED);
        return new FilterFunction(
                plan,
                new FilterFunction.Layouts(
                        context.input(StagePlan.FROM),
                        passed(context),
                        rejectedRead ? context.output(FilterPlan.REJECTED) : NOTHING),
                rejectedRead ? context.tag(FilterPlan.REJECTED) : null,
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    private static RecordType passed(BuildContext context) {
        return context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : NOTHING;
    }
}
