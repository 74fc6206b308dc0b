package io.pipewright.stages.window;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds {@code window}: one keyed operator. */
final class WindowBuilder implements StageBuilder<WindowPlan> {

    static final String ROLE = "panes";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(WindowPlan plan, Streams inputs, BuildContext context) {
        List<String> keys = plan.keys().stream().map(Field::name).toList();
        KeyedStream<DataRecord, RecordKey> keyed = context.keyBy(inputs.from(), context.input(StagePlan.FROM), keys);
        SingleOutputStreamOperator<DataRecord> rows = context.operator(
                keyed.transform(ROLE, RecordTypeInfo.of(rows(context)), operator(plan, context)), ROLE);
        Streams outputs = Streams.of(OutputPort.MAIN, rows)
                .with(OutputPort.ERRORS, rows.getSideOutput(context.tag(OutputPort.ERRORS)));
        return context.isRead(OutputPort.LATE)
                ? outputs.with(OutputPort.LATE, rows.getSideOutput(context.tag(OutputPort.LATE)))
                : outputs;
    }

    static PanesOperator operator(WindowPlan plan, BuildContext context) {
        boolean lateRead = context.isRead(OutputPort.LATE);
        return new PanesOperator(
                plan,
                new PanesOperator.Layouts(
                        context.input(StagePlan.FROM),
                        rows(context),
                        lateRead ? context.output(OutputPort.LATE) : NOTHING),
                lateRead ? context.tag(OutputPort.LATE) : null,
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    private static RecordType rows(BuildContext context) {
        return context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : NOTHING;
    }
}
