package io.pipewright.stages.dedupe;

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

/** Builds {@code dedupe}: one keyed operator. */
final class DedupeBuilder implements StageBuilder<DedupePlan> {

    static final String ROLE = "seen";

    @Override
    public Streams build(DedupePlan plan, Streams inputs, BuildContext context) {
        SingleOutputStreamOperator<DataRecord> passed = context.operator(
                context.keyBy(inputs.from(), context.input(StagePlan.FROM), plan.keyBy())
                        .transform(ROLE, RecordTypeInfo.of(passed(context)), operator(plan, context)),
                ROLE);
        Streams outputs = Streams.of(OutputPort.MAIN, passed)
                .with(OutputPort.ERRORS, passed.getSideOutput(context.tag(OutputPort.ERRORS)));
        for (String port : List.of(DedupePlan.DUPLICATES, OutputPort.LATE)) {
            if (context.isRead(port)) {
                outputs = outputs.with(port, passed.getSideOutput(context.tag(port)));
            }
        }
        return outputs;
    }

    static SeenOperator operator(DedupePlan plan, BuildContext context) {
        return new SeenOperator(
                plan,
                new SeenOperator.Layouts(context.input(StagePlan.FROM), passed(context)),
                ReadPort.of(context, DedupePlan.DUPLICATES).orElse(null),
                ReadPort.of(context, OutputPort.LATE).orElse(null),
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    private static RecordType passed(BuildContext context) {
        return context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : DedupePlan.NOTHING;
    }
}
