package io.pipewright.stages.join;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds {@code join}: one keyed operator with two inputs. */
final class JoinBuilder implements StageBuilder<JoinPlan> {

    static final String ROLE = "pairs";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(JoinPlan plan, Streams inputs, BuildContext context) {
        SingleOutputStreamOperator<DataRecord> rows = context.operator(
                keyed(plan.first(), inputs, context)
                        .connect(keyed(plan.second(), inputs, context))
                        .transform(ROLE, RecordTypeInfo.of(layout(OutputPort.MAIN, context)), operator(plan, context)),
                ROLE);
        Streams outputs = Streams.of(OutputPort.MAIN, rows)
                .with(OutputPort.ERRORS, rows.getSideOutput(context.tag(OutputPort.ERRORS)));
        return context.isRead(OutputPort.LATE)
                ? outputs.with(OutputPort.LATE, rows.getSideOutput(context.tag(OutputPort.LATE)))
                : outputs;
    }

    private static KeyedStream<DataRecord, RecordKey> keyed(JoinPlan.Side side, Streams inputs, BuildContext context) {
        return context.keyBy(inputs.get(side.input()), context.input(side.input()), side.key());
    }

    static JoinOperator operator(JoinPlan plan, BuildContext context) {
        return new JoinOperator(
                plan,
                new JoinOperator.Layouts(
                        context.input(plan.first().input()),
                        context.input(plan.second().input()),
                        layout(OutputPort.MAIN, context),
                        layout(OutputPort.LATE, context)),
                context.isRead(OutputPort.LATE) ? context.tag(OutputPort.LATE) : null,
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    private static RecordType layout(String port, BuildContext context) {
        return context.isRead(port) ? context.output(port) : NOTHING;
    }
}
