package io.pipewright.stages.cep;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.time.Duration;
import java.util.List;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** Says a checked pattern in Flink CEP's own terms, over events that carry their conditions as bits. */
final class EventPattern {

    private final CepPlan plan;
    private final RecordType matched;
    private final List<String> steps;

    private EventPattern(CepPlan plan, RecordType matched) {
        this.plan = plan;
        this.matched = matched;
        this.steps = plan.steps().stream().map(Part.Step::id).toList();
    }

    /** @param matched an event, the bits of its conditions in its last field */
    static Pattern<DataRecord, ?> of(CepPlan plan, RecordType matched) {
        Pattern<DataRecord, DataRecord> pattern = new EventPattern(plan, matched).sequence(plan.parts(), skip(plan));
        return plan.within() == CepPlan.NO_LIMIT ? pattern : pattern.within(Duration.ofMillis(plan.within()));
    }

    private static AfterMatchSkipStrategy skip(CepPlan plan) {
        return switch (plan.skip()) {
            case NONE -> AfterMatchSkipStrategy.noSkip();
            case TO_NEXT -> AfterMatchSkipStrategy.skipToNext();
            case PAST_LAST -> AfterMatchSkipStrategy.skipPastLastEvent();
            case TO_FIRST -> AfterMatchSkipStrategy.skipToFirst(plan.skipTo());
            case TO_LAST -> AfterMatchSkipStrategy.skipToLast(plan.skipTo());
        };
    }

    private Pattern<DataRecord, DataRecord> sequence(List<Part> parts, AfterMatchSkipStrategy skip) {
        Pattern<DataRecord, DataRecord> pattern = quantified(begun(parts.get(0), skip), parts.get(0));
        for (Part part : parts.subList(1, parts.size())) {
            pattern = quantified(followed(pattern, part), part);
        }
        return pattern;
    }

    private Pattern<DataRecord, DataRecord> begun(Part part, AfterMatchSkipStrategy skip) {
        if (part instanceof Part.Group group) {
            return Pattern.begin(inside(group), skip);
        }
        return Pattern.begin(part.id(), skip);
    }

    private Pattern<DataRecord, DataRecord> inside(Part.Group group) {
        return sequence(group.parts(), AfterMatchSkipStrategy.noSkip());
    }

    private Pattern<DataRecord, DataRecord> followed(Pattern<DataRecord, DataRecord> before, Part part) {
        CepOptions.Contiguity contiguity = part.quantifier().contiguity();
        if (part instanceof Part.Group group) {
            return switch (contiguity) {
                case NEXT -> before.next(inside(group));
                case FOLLOWED_BY -> before.followedBy(inside(group));
                case FOLLOWED_BY_ANY -> before.followedByAny(inside(group));
                case NOT_NEXT, NOT_FOLLOWED_BY -> throw new IllegalStateException(
                        "A negated group was built: " + part.id());
            };
        }
        return switch (contiguity) {
            case NEXT -> before.next(part.id());
            case FOLLOWED_BY -> before.followedBy(part.id());
            case FOLLOWED_BY_ANY -> before.followedByAny(part.id());
            case NOT_NEXT -> before.notNext(part.id());
            case NOT_FOLLOWED_BY -> before.notFollowedBy(part.id());
        };
    }

    /** The order of the calls is not free: each of Flink's quantifiers replaces what was said before it. */
    private Pattern<DataRecord, DataRecord> quantified(Pattern<DataRecord, DataRecord> begun, Part part) {
        Pattern<DataRecord, DataRecord> pattern = begun;
        if (part instanceof Part.Step step && step.where() != null) {
            pattern = pattern.where(condition(step.where(), step.id(), steps.indexOf(step.id())));
        }
        Part.Quantifier quantifier = part.quantifier();
        if (!quantifier.once()) {
            pattern = looped(repeated(pattern, quantifier.times()), quantifier.loop());
        }
        if (quantifier.greedy()) {
            pattern = pattern.greedy();
        }
        if (quantifier.optional()) {
            pattern = pattern.optional();
        }
        CheckedExpression until = quantifier.until();
        if (until != null) {
            pattern = pattern.until(condition(until, part.id(), plan.untilBit(part)));
        }
        return quantifier.gap() == CepPlan.NO_LIMIT
                ? pattern
                : pattern.within(Duration.ofMillis(quantifier.gap()), WithinType.PREVIOUS_AND_CURRENT);
    }

    private static Pattern<DataRecord, DataRecord> repeated(Pattern<DataRecord, DataRecord> pattern, Times times) {
        Integer most = times.max();
        if (most == null) {
            return pattern.timesOrMore(times.min());
        }
        return most == times.min() ? pattern.times(most) : pattern.times(times.min(), most);
    }

    private static Pattern<DataRecord, DataRecord> looped(
            Pattern<DataRecord, DataRecord> pattern, CepOptions.LoopContiguity contiguity) {
        return switch (contiguity) {
            case NEXT -> pattern.consecutive();
            case FOLLOWED_BY -> pattern;
            case FOLLOWED_BY_ANY -> pattern.allowCombinations();
        };
    }

    private IterativeCondition<DataRecord> condition(CheckedExpression condition, String part, int bit) {
        return CepPlan.looksBack(condition)
                ? new LookBackCondition(condition, matched, part)
                : new BitCondition(matched.size() - 1, bit);
    }

    /** Whether the gate found this condition to be true of the event. */
    private static final class BitCondition extends SimpleCondition<DataRecord> {

        private static final long serialVersionUID = 1L;

        private final int position;
        private final long bit;

        BitCondition(int position, int number) {
            this.position = position;
            this.bit = 1L << number;
        }

        @Override
        public boolean filter(DataRecord event) {
            return event.get(position) instanceof Long conditions && (conditions & bit) != 0;
        }
    }
}
