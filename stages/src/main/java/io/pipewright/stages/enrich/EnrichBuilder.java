package io.pipewright.stages.enrich;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Builds {@code enrich}: one keyed operator with two inputs. */
final class EnrichBuilder implements StageBuilder<EnrichPlan> {

    static final String ROLE = "table";

    private static final RecordType NOTHING = new RecordType("nothing", List.of());

    @Override
    public Streams build(EnrichPlan plan, Streams inputs, BuildContext context) {
        KeyedStream<DataRecord, RecordKey> from =
                context.keyBy(inputs.from(), context.input(StagePlan.FROM), plan.fromKey());
        KeyedStream<DataRecord, RecordKey> with =
                context.keyBy(inputs.get(EnrichPlan.WITH), context.input(EnrichPlan.WITH), plan.withKey());
        SingleOutputStreamOperator<DataRecord> enriched = context.operator(
                from.connect(with).transform(ROLE, RecordTypeInfo.of(rows(context)), operator(plan, context)), ROLE);
        describe(enriched, seenWhere(plan, context));
        Streams outputs = Streams.of(OutputPort.MAIN, enriched)
                .with(OutputPort.ERRORS, enriched.getSideOutput(context.tag(OutputPort.ERRORS)));
        if (lateRead(plan, context)) {
            outputs = outputs.with(OutputPort.LATE, enriched.getSideOutput(context.tag(OutputPort.LATE)));
        }
        return missedRead(plan, context)
                ? outputs.with(EnrichPlan.MISSED, enriched.getSideOutput(context.tag(EnrichPlan.MISSED)))
                : outputs;
    }

    /** What the web UI says of the operator, beside its name. */
    private static void describe(SingleOutputStreamOperator<?> enriched, List<CheckedExpression> seenWhere) {
        if (!seenWhere.isEmpty()) {
            enriched.setDescription(enriched.getName() + ", looks up where "
                    + seenWhere.stream().map(CheckedExpression::text).collect(Collectors.joining(" or ")));
        }
    }

    static TableOperator operator(EnrichPlan plan, BuildContext context) {
        boolean lateRead = lateRead(plan, context);
        boolean missedRead = missedRead(plan, context);
        return new TableOperator(
                plan,
                new TableOperator.Layouts(
                        context.input(StagePlan.FROM),
                        context.input(EnrichPlan.WITH),
                        rows(context),
                        lateRead ? context.output(OutputPort.LATE) : NOTHING,
                        missedRead ? context.output(EnrichPlan.MISSED) : NOTHING),
                seenWhere(plan, context),
                lateRead ? context.tag(OutputPort.LATE) : null,
                missedRead ? context.tag(EnrichPlan.MISSED) : null,
                context.tag(OutputPort.ERRORS),
                context.failures());
    }

    /** Of which records the one that is remembered is seen at all; empty where it is, or may be, of all. */
    static List<CheckedExpression> seenWhere(EnrichPlan plan, BuildContext context) {
        return plan.byEventTime() && plan.missing() == EnrichOptions.Missing.KEEP
                ? plan.added()
                        .readingVariables(rows(context))
                        .map(fields -> context.seenWhere(OutputPort.MAIN, fields))
                        .filter(where -> where.stream().allMatch(plan::isOverInput))
                        .orElse(List.of())
                : List.of();
    }

    private static boolean lateRead(EnrichPlan plan, BuildContext context) {
        return plan.byEventTime() && context.isRead(OutputPort.LATE);
    }

    private static boolean missedRead(EnrichPlan plan, BuildContext context) {
        return plan.waits() && context.isRead(EnrichPlan.MISSED);
    }

    private static RecordType rows(BuildContext context) {
        return context.isRead(OutputPort.MAIN) ? context.output(OutputPort.MAIN) : NOTHING;
    }
}
