package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.transformations.PhysicalTransformation;

/** Builds {@code cep}: one operator of ours, or a gate of ours, and chained to it Flink CEP's operator. */
final class CepBuilder implements StageBuilder<CepPlan> {

    static final String SEQUENCE = "sequence";
    static final String GATE = "gate";
    static final String FLINK = "flink";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(CepPlan plan, Streams inputs, BuildContext context) {
        KeyedStream<DataRecord, RecordKey> keyed =
                context.keyBy(inputs.from(), context.input(StagePlan.FROM), plan.keyBy());
        boolean inOrder = context.isInOrder(inputs.from(), context.input(StagePlan.FROM), plan.keyBy());
        return plan.isSequence() ? sequence(plan, keyed, inOrder, context) : flink(plan, keyed, context);
    }

    private static Streams sequence(
            CepPlan plan, KeyedStream<DataRecord, RecordKey> keyed, boolean inOrder, BuildContext context) {
        SequenceOperator operator = operator(plan, context, SequenceOperator.ROOM, inOrder);
        SingleOutputStreamOperator<DataRecord> matches =
                context.operator(keyed.transform(SEQUENCE, RecordTypeInfo.of(rows(context)), operator), SEQUENCE);
        return outputs(plan, matches, matches, context)
                .with(OutputPort.ERRORS, matches.getSideOutput(context.tag(OutputPort.ERRORS)));
    }

    private static Streams flink(CepPlan plan, KeyedStream<DataRecord, RecordKey> keyed, BuildContext context) {
        RecordType event = event(plan, context);
        RecordType matched = plan.matchedByFlink(event);
        SingleOutputStreamOperator<DataRecord> gate =
                context.operator(keyed.transform(GATE, RecordTypeInfo.of(matched), gate(plan, context)), GATE);
        RecordKeySelector selector = new RecordKeySelector(matched, plan.keyBy());
        KeyedStream<DataRecord, RecordKey> let =
                DataStreamUtils.reinterpretAsKeyedStream(gate, selector, selector.getProducedType());
        SingleOutputStreamOperator<DataRecord> matches = context.operator(
                CEP.pattern(let, EventPattern.of(plan, matched))
                        .process(function(plan, context), RecordTypeInfo.of(rows(context))),
                FLINK);
        chain(matches);
        return outputs(plan, gate, matches, context)
                .with(
                        OutputPort.ERRORS,
                        gate.getSideOutput(context.tag(OutputPort.ERRORS))
                                .union(matches.getSideOutput(context.tag(OutputPort.ERRORS))));
    }

    private static Streams outputs(
            CepPlan plan,
            SingleOutputStreamOperator<DataRecord> gate,
            SingleOutputStreamOperator<DataRecord> matches,
            BuildContext context) {
        Streams outputs = Streams.of(OutputPort.MAIN, matches);
        if (context.isRead(OutputPort.LATE)) {
            outputs = outputs.with(OutputPort.LATE, gate.getSideOutput(context.tag(OutputPort.LATE)));
        }
        return timedOutRead(plan, context)
                ? outputs.with(CepPlan.TIMED_OUT, matches.getSideOutput(context.tag(CepPlan.TIMED_OUT)))
                : outputs;
    }

    /** Flink CEP's operator asks to begin a task of its own; behind the gate every event would be serialized again. */
    private static void chain(SingleOutputStreamOperator<DataRecord> matches) {
        if (matches.getTransformation() instanceof PhysicalTransformation<DataRecord> transformation) {
            transformation.setChainingStrategy(ChainingStrategy.ALWAYS);
        }
    }

    static GateOperator gate(CepPlan plan, BuildContext context) {
        return new GateOperator(
                plan,
                layouts(plan, context),
                context.isRead(OutputPort.LATE) ? context.tag(OutputPort.LATE) : null,
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    static SequenceOperator operator(CepPlan plan, BuildContext context) {
        return operator(plan, context, SequenceOperator.ROOM, false);
    }

    /**
     * @param room on the heap, in events of runs
     * @param inOrder whether the events of each key come in the order of their times
     */
    static SequenceOperator operator(CepPlan plan, BuildContext context, int room, boolean inOrder) {
        boolean timedOutRead = timedOutRead(plan, context);
        return new SequenceOperator(
                plan,
                layouts(plan, context),
                new SequenceOperator.Outputs(
                        rows(context),
                        timedOutRead ? context.tag(CepPlan.TIMED_OUT) : null,
                        timedOutRead ? context.output(CepPlan.TIMED_OUT) : NOTHING),
                context.isRead(OutputPort.LATE) ? context.tag(OutputPort.LATE) : null,
                context.tag(OutputPort.ERRORS),
                context.failures(),
                room,
                inOrder);
    }

    private static GatedOperator.Layouts layouts(CepPlan plan, BuildContext context) {
        return new GatedOperator.Layouts(
                context.input(StagePlan.FROM),
                event(plan, context),
                context.isRead(OutputPort.LATE) ? context.output(OutputPort.LATE) : NOTHING);
    }

    static PatternProcessFunction<DataRecord, DataRecord> function(CepPlan plan, BuildContext context) {
        RecordType event = event(plan, context);
        MatchFunction.Layouts layouts = new MatchFunction.Layouts(event, plan.matchedByFlink(event), rows(context));
        return timedOutRead(plan, context)
                ? new TimedMatchFunction(
                        plan,
                        layouts,
                        context.tag(OutputPort.ERRORS),
                        context.failures(),
                        context.tag(CepPlan.TIMED_OUT),
                        context.output(CepPlan.TIMED_OUT))
                : new MatchFunction(plan, layouts, context.tag(OutputPort.ERRORS), context.failures());
    }

    /** The fields that a match needs of an event: fewer than come in, if some are for the conditions alone. */
    static RecordType event(CepPlan plan, BuildContext context) {
        return context.input(StagePlan.FROM)
                .project(plan.matchedFields(read(rows(context), timedOutRead(plan, context))));
    }

    /** What is read of the outputs that are made of a match. */
    static Map<String, Set<String>> read(RecordType rows, boolean timedOut) {
        Map<String, Set<String>> read = new HashMap<>();
        read.put(OutputPort.MAIN, new LinkedHashSet<>(rows.names()));
        if (timedOut) {
            read.put(CepPlan.TIMED_OUT, Set.of());
        }
        return read;
    }

    private static boolean timedOutRead(CepPlan plan, BuildContext context) {
        return plan.timesOut() && context.isRead(CepPlan.TIMED_OUT);
    }

    private static RecordType rows(BuildContext context) {
        return context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : NOTHING;
    }
}
