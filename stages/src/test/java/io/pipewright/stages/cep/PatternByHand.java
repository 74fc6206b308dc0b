package io.pipewright.stages.cep;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.stages.cep.CepOptions.LoopContiguity;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.WithinType;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.streaming.api.windowing.time.Time;

/** A {@link TriedPattern} in Flink's terms, written without any code of the stage. */
final class PatternByHand {

    private PatternByHand() {}

    /** The parts in succession. */
    static Pattern<DataRecord, DataRecord> of(List<TriedPart> parts, AfterMatchSkipStrategy skip) {
        TriedPart first = parts.get(0);
        Pattern<DataRecord, DataRecord> pattern;
        if (first.inside.isEmpty()) {
            pattern = Pattern.begin(first.id, skip);
        } else {
            pattern = Pattern.begin(of(first.inside, AfterMatchSkipStrategy.noSkip()), skip);
        }
        pattern = quantified(first, pattern);
        for (TriedPart part : parts.subList(1, parts.size())) {
            pattern = after(pattern, part);
        }
        return pattern;
    }

    private static Pattern<DataRecord, DataRecord> after(Pattern<DataRecord, DataRecord> before, TriedPart part) {
        if (!part.inside.isEmpty()) {
            Pattern<DataRecord, DataRecord> group = of(part.inside, AfterMatchSkipStrategy.noSkip());
            return quantified(
                    part,
                    switch (part.contiguity) {
                        case NEXT -> before.next(group);
                        case FOLLOWED_BY -> before.followedBy(group);
                        default -> before.followedByAny(group);
                    });
        }
        return quantified(
                part,
                switch (part.contiguity) {
                    case NEXT -> before.next(part.id);
                    case FOLLOWED_BY -> before.followedBy(part.id);
                    case FOLLOWED_BY_ANY -> before.followedByAny(part.id);
                    case NOT_NEXT -> before.notNext(part.id);
                    case NOT_FOLLOWED_BY -> before.notFollowedBy(part.id);
                });
    }

    private static Pattern<DataRecord, DataRecord> quantified(TriedPart part, Pattern<DataRecord, DataRecord> begun) {
        Pattern<DataRecord, DataRecord> pattern = begun;
        if (!part.letters.isEmpty() || part.look != TriedPart.Look.NONE) {
            pattern = pattern.where(new Meets(part.letters, part.look, part.lookedAt));
        }
        if (part.most == 0) {
            pattern = part.least == 1 ? pattern.oneOrMore() : pattern.timesOrMore(part.least);
        } else if (part.least < part.most) {
            pattern = pattern.times(part.least, part.most);
        } else if (part.most > 1) {
            pattern = pattern.times(part.most);
        }
        if (!part.once() && part.loop == LoopContiguity.NEXT) {
            pattern = pattern.consecutive();
        } else if (!part.once() && part.loop == LoopContiguity.FOLLOWED_BY_ANY) {
            pattern = pattern.allowCombinations();
        }
        if (part.greedy) {
            pattern = pattern.greedy();
        }
        if (part.optional) {
            pattern = pattern.optional();
        }
        if (part.untilSize > 0) {
            pattern = pattern.until(new HasTaken(part.firstTaker(), part.untilSize));
        } else if (!part.until.isEmpty()) {
            pattern = pattern.until(new Meets(part.until, TriedPart.Look.NONE, ""));
        }
        if (part.gap > 0) {
            pattern = pattern.within(Time.milliseconds(part.gap), WithinType.PREVIOUS_AND_CURRENT);
        }
        return pattern;
    }

    /** The condition of a step. */
    private static final class Meets extends IterativeCondition<DataRecord> {

        private static final long serialVersionUID = 1L;

        private final String letters;
        private final TriedPart.Look look;
        private final String lookedAt;

        Meets(String letters, TriedPart.Look look, String lookedAt) {
            this.letters = letters;
            this.look = look;
            this.lookedAt = lookedAt;
        }

        @Override
        public boolean filter(DataRecord event, Context<DataRecord> context) throws Exception {
            if (!letters.isEmpty() && !letters.contains((String) event.get(1))) {
                return false;
            }
            List<Long> before = new ArrayList<>();
            if (look != TriedPart.Look.NONE) {
                context.getEventsForPattern(lookedAt).forEach(taken -> before.add((Long) taken.get(2)));
            }
            long number = (Long) event.get(2);
            return switch (look) {
                case NONE -> true;
                case PARITY -> before.stream().mapToLong(Long::longValue).sum() % 2 == number % 2;
                case SECOND -> before.size() > 1 && before.get(1) < number;
            };
        }
    }

    /** The condition that a step has taken so many events. */
    private static final class HasTaken extends IterativeCondition<DataRecord> {

        private static final long serialVersionUID = 1L;

        private final String step;
        private final int size;

        HasTaken(String step, int size) {
            this.step = step;
            this.size = size;
        }

        @Override
        public boolean filter(DataRecord event, Context<DataRecord> context) throws Exception {
            int taken = 0;
            for (DataRecord ignored : context.getEventsForPattern(step)) {
                taken++;
            }
            return taken >= size;
        }
    }
}
