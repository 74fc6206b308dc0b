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
import org.apache.flink.util.OutputTag;

/** Builds {@code window}: an operator before the exchange, and a keyed one behind it. */
final class WindowBuilder implements StageBuilder<WindowPlan> {

    static final String PARTIALS = "partials";
    static final String PANES = "panes";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(WindowPlan plan, Streams inputs, BuildContext context) {
        List<String> keys = plan.keys().stream().map(Field::name).toList();
        RecordType input = context.input(StagePlan.FROM);
        SingleOutputStreamOperator<DataRecord> partials = context.operator(
                inputs.from().transform(PARTIALS, RecordTypeInfo.of(plan.partial()), partials(plan, context)),
                PARTIALS);
        KeyedStream<DataRecord, RecordKey> whole = context.keyBy(partials.getSideOutput(whole(input)), input, keys);
        KeyedStream<DataRecord, RecordKey> grouped = context.keyBy(partials, plan.partial(), keys);
        SingleOutputStreamOperator<DataRecord> rows = context.operator(
                whole.connect(grouped).transform(PANES, RecordTypeInfo.of(rows(context)), panes(plan, context)), PANES);
        OutputTag<DataRecord> errors = context.tag(OutputPort.ERRORS);
        Streams outputs = Streams.of(OutputPort.MAIN, rows)
                .with(OutputPort.ERRORS, partials.getSideOutput(errors).union(rows.getSideOutput(errors)));
        return context.isRead(OutputPort.LATE)
                ? outputs.with(OutputPort.LATE, rows.getSideOutput(context.tag(OutputPort.LATE)))
                : outputs;
    }

    static PartialsOperator partials(WindowPlan plan, BuildContext context) {
        RecordType input = context.input(StagePlan.FROM);
        return new PartialsOperator(plan, input, whole(input), context.tag(OutputPort.ERRORS), context.failures());
    }

    /** Where records go that are not aggregated before the exchange. */
    static OutputTag<DataRecord> whole(RecordType input) {
        return new OutputTag<>("whole", RecordTypeInfo.of(input));
    }

    static PanesOperator panes(WindowPlan plan, BuildContext context) {
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
