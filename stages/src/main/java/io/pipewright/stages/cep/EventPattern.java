package io.pipewright.stages.cep;

import io.pipewright.spi.option.Times;
import io.pipewright.spi.record.DataRecord;
import java.time.Duration;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/** Says a checked pattern in Flink CEP's own terms, over events that carry their conditions as bits. */
final class EventPattern {

    private EventPattern() {}

    /** @param conditions the position of the bits in an event */
    static Pattern<DataRecord, ?> of(CepPlan plan, int conditions) {
        AfterMatchSkipStrategy skip = plan.skip() == CepOptions.Skip.PAST_LAST
                ? AfterMatchSkipStrategy.skipPastLastEvent()
                : AfterMatchSkipStrategy.noSkip();
        CepPlan.Step first = plan.steps().get(0);
        Pattern<DataRecord, DataRecord> pattern =
                step(Pattern.<DataRecord>begin(first.id(), skip), first, 0, conditions);
        for (int i = 1; i < plan.steps().size(); i++) {
            CepPlan.Step step = plan.steps().get(i);
            Pattern<DataRecord, DataRecord> begun =
                    step.strictly() ? pattern.next(step.id()) : pattern.followedBy(step.id());
            pattern = step(begun, step, i, conditions);
        }
        return plan.within() == CepPlan.NO_LIMIT ? pattern : pattern.within(Duration.ofMillis(plan.within()));
    }

    private static Pattern<DataRecord, DataRecord> step(
            Pattern<DataRecord, DataRecord> begun, CepPlan.Step step, int index, int conditions) {
        Pattern<DataRecord, DataRecord> pattern =
                step.where() == null ? begun : begun.where(new BitCondition(conditions, index));
        Times times = step.times();
        if (times.equals(Times.exactly(1))) {
            return pattern;
        }
        Integer max = times.max();
        if (max == null) {
            pattern = pattern.timesOrMore(times.min());
        } else {
            pattern = max == times.min() ? pattern.times(max) : pattern.times(times.min(), max);
        }
        return step.loopStrictly() ? pattern.consecutive() : pattern;
    }

    /** Whether the gate found this step's condition to be true of the event. */
    private static final class BitCondition extends SimpleCondition<DataRecord> {

        private static final long serialVersionUID = 1L;

        private final int position;
        private final long bit;

        BitCondition(int position, int step) {
            this.position = position;
            this.bit = 1L << step;
        }

        @Override
        public boolean filter(DataRecord event) {
            return event.get(position) instanceof Long conditions && (conditions & bit) != 0;
        }
    }
}
