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
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Builds {@code window}: an operator before the exchange, and a keyed one behind it, which has a role of its own for each
 * way in which state is laid out. Sessions have the keyed one alone: before the exchange nobody knows which records are one.
 */
final class WindowBuilder implements StageBuilder<WindowPlan> {

    static final String PARTIALS = "partials";

    /** Tumbling windows, each a pane. */
    static final String PANES = "panes";

    /** Sliding and cumulative windows, made of panes. */
    static final String SLICES = "slices";

    static final String SESSIONS = "sessions";

    /** The window of all time. */
    static final String TOTAL = "total";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(WindowPlan plan, Streams inputs, BuildContext context) {
        return plan.cut() instanceof Cut.Sessions
                ? unsliced(plan, inputs, context)
                : sliced(plan, (Cut.Slices) plan.cut(), inputs, context);
    }

    private static Streams sliced(WindowPlan plan, Cut.Slices slices, Streams inputs, BuildContext context) {
        List<String> keys = keys(plan);
        RecordType input = context.input(StagePlan.FROM);
        SingleOutputStreamOperator<DataRecord> partials = context.operator(
                inputs.from().transform(PARTIALS, RecordTypeInfo.of(plan.partial()), partials(plan, context)),
                PARTIALS);
        KeyedStream<DataRecord, RecordKey> whole = context.keyBy(partials.getSideOutput(whole(input)), input, keys);
        KeyedStream<DataRecord, RecordKey> grouped = context.keyBy(partials, plan.partial(), keys);
        String role = !slices.bounded() ? TOTAL : slices.alone() ? PANES : SLICES;
        SingleOutputStreamOperator<DataRecord> rows = context.operator(
                whole.connect(grouped).transform(role, RecordTypeInfo.of(rows(context)), panes(plan, context)), role);
        OutputTag<DataRecord> errors = context.tag(OutputPort.ERRORS);
        return outputs(rows, partials.getSideOutput(errors).union(rows.getSideOutput(errors)), context);
    }

    private static Streams unsliced(WindowPlan plan, Streams inputs, BuildContext context) {
        SingleOutputStreamOperator<DataRecord> rows = context.operator(
                context.keyBy(inputs.from(), context.input(StagePlan.FROM), keys(plan))
                        .transform(SESSIONS, RecordTypeInfo.of(rows(context)), sessions(plan, context)),
                SESSIONS);
        return outputs(rows, rows.getSideOutput(context.tag(OutputPort.ERRORS)), context);
    }

    private static Streams outputs(
            SingleOutputStreamOperator<DataRecord> rows, DataStream<DataRecord> errors, BuildContext context) {
        Streams outputs = Streams.of(OutputPort.MAIN, rows).with(OutputPort.ERRORS, errors);
        return context.isRead(OutputPort.LATE)
                ? outputs.with(OutputPort.LATE, rows.getSideOutput(context.tag(OutputPort.LATE)))
                : outputs;
    }

    private static List<String> keys(WindowPlan plan) {
        return plan.keys().stream().map(Field::name).toList();
    }

    static PartialsOperator partials(WindowPlan plan, BuildContext context) {
        RecordType input = context.input(StagePlan.FROM);
        return new PartialsOperator(
                plan, (Cut.Slices) plan.cut(), input, whole(input), context.tag(OutputPort.ERRORS), context.failures());
    }

    /** Where records go that are not aggregated before the exchange. */
    static OutputTag<DataRecord> whole(RecordType input) {
        return new OutputTag<>("whole", RecordTypeInfo.of(input));
    }

    static PanesOperator panes(WindowPlan plan, BuildContext context) {
        return new PanesOperator(
                plan,
                (Cut.Slices) plan.cut(),
                layouts(context),
                late(context),
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    static SessionsOperator sessions(WindowPlan plan, BuildContext context) {
        return new SessionsOperator(
                plan,
                (Cut.Sessions) plan.cut(),
                layouts(context),
                late(context),
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    private static WindowOperator.Layouts layouts(BuildContext context) {
        return new WindowOperator.Layouts(
                context.input(StagePlan.FROM),
                rows(context),
                context.isRead(OutputPort.LATE) ? context.output(OutputPort.LATE) : NOTHING);
    }

    private static @Nullable OutputTag<DataRecord> late(BuildContext context) {
        return context.isRead(OutputPort.LATE) ? context.tag(OutputPort.LATE) : null;
    }

    private static RecordType rows(BuildContext context) {
        return context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : NOTHING;
    }
}
