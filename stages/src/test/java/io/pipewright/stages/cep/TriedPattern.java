package io.pipewright.stages.cep;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.Skip;
import io.pipewright.stages.cep.CepOptions.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * A pattern over events that are letters, as both sides of a comparison are told of it: as options of the stage, and by
 * hand in Flink CEP's terms. What is found is told as the numbers of the events of each step.
 *
 * @param within in milliseconds; 0 for no limit
 */
record TriedPattern(List<TriedStep> steps, long within, boolean pastLast) {

    static final RecordType EVENT = RecordType.of(
            "Event",
            Field.of("key", Scalar.STRING),
            Field.of("letter", Scalar.STRING),
            Field.of("number", Scalar.LONG));

    private static final String LETTERS = "abc";

    /**
     * One step.
     *
     * @param letters of which it takes each; none for every event
     * @param most 0 for no bound
     */
    record TriedStep(String letters, boolean strictly, int least, int most, boolean loopStrictly) {

        boolean once() {
            return least == 1 && most == 1;
        }
    }

    static TriedPattern random(Random random) {
        List<TriedStep> steps = new ArrayList<>();
        int count = 1 + Math.min(random.nextInt(4), random.nextInt(4));
        for (int i = 0; i < count; i++) {
            int least = random.nextInt(3) == 0 ? 2 + random.nextInt(2) : 1;
            int most =
                    switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> least + 1 + random.nextInt(2);
                        default -> least;
                    };
            String letters =
                    switch (random.nextInt(6)) {
                        case 0 -> "";
                        case 1, 2 -> "ab";
                        default -> String.valueOf(letter(random));
                    };
            steps.add(new TriedStep(letters, random.nextBoolean(), least, most, random.nextBoolean()));
        }
        return new TriedPattern(
                List.copyOf(steps), random.nextInt(5) == 0 ? 0 : 5L * (1 + random.nextInt(20)), random.nextBoolean());
    }

    static char letter(Random random) {
        return LETTERS.charAt(random.nextInt(LETTERS.length()));
    }

    CepOptions options(CepOptions.Matcher matcher) {
        List<Step> written = new ArrayList<>();
        Map<String, Expression> emit = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            TriedStep step = steps.get(i);
            String id = "s" + i;
            Times times = new Times(step.least, step.most == 0 ? null : (Integer) step.most);
            written.add(new Step(
                    id,
                    step.letters.isEmpty() ? null : new Expression("'" + step.letters + "'.contains(letter)", id),
                    i == 0 ? null : step.strictly ? Contiguity.NEXT : Contiguity.FOLLOWED_BY,
                    step.once() ? null : times,
                    step.once() || !step.loopStrictly ? null : Contiguity.NEXT));
            emit.put(id, new Expression(id + ".map(e, e.number)", "emit." + id));
        }
        return new CepOptions(
                List.of("key"),
                written,
                within == 0 ? null : Duration.ofMillis(within),
                new CepOptions.AfterMatch(pastLast ? Skip.PAST_LAST : Skip.NONE),
                matcher,
                emit);
    }

    Pattern<DataRecord, DataRecord> written() {
        AfterMatchSkipStrategy skip =
                pastLast ? AfterMatchSkipStrategy.skipPastLastEvent() : AfterMatchSkipStrategy.noSkip();
        Pattern<DataRecord, DataRecord> pattern = Pattern.begin("s0", skip);
        for (int i = 0; i < steps.size(); i++) {
            TriedStep step = steps.get(i);
            if (i > 0) {
                pattern = step.strictly ? pattern.next("s" + i) : pattern.followedBy("s" + i);
            }
            if (!step.letters.isEmpty()) {
                String letters = step.letters;
                pattern = pattern.where(SimpleCondition.of(event -> letters.contains((String) event.get(1))));
            }
            if (step.once()) {
                continue;
            }
            if (step.most == 0) {
                pattern = step.least == 1 ? pattern.oneOrMore() : pattern.timesOrMore(step.least);
            } else {
                pattern = step.least == step.most ? pattern.times(step.least) : pattern.times(step.least, step.most);
            }
            if (step.loopStrictly) {
                pattern = pattern.consecutive();
            }
        }
        return within == 0 ? pattern : pattern.within(Duration.ofMillis(within));
    }

    /** The type of what is found. */
    RecordType found() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            fields.add(Field.of("s" + i, new ListType(Scalar.LONG)));
        }
        return new RecordType("numbers", fields);
    }

    /** The same of a record of the stage's port {@code timedOut}, which holds the events themselves. */
    static DataRecord numbersOf(DataRecord timedOut) {
        Object[] numbers = new Object[timedOut.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((List<?>) timedOut.get(i))
                    .stream().map(event -> ((DataRecord) event).get(2)).toList();
        }
        return new DataRecord(numbers, null);
    }

    /** Tells what Flink CEP finds. */
    static final class Numbers extends PatternProcessFunction<DataRecord, DataRecord>
            implements TimedOutPartialMatchHandler<DataRecord> {

        private static final long serialVersionUID = 1L;

        private final int steps;
        private final OutputTag<DataRecord> timedOut;

        Numbers(int steps, OutputTag<DataRecord> timedOut) {
            this.steps = steps;
            this.timedOut = timedOut;
        }

        @Override
        public void processMatch(Map<String, List<DataRecord>> match, Context context, Collector<DataRecord> out) {
            out.collect(numbers(match));
        }

        @Override
        public void processTimedOutMatch(Map<String, List<DataRecord>> match, Context context) {
            context.output(timedOut, numbers(match));
        }

        private DataRecord numbers(Map<String, List<DataRecord>> match) {
            Object[] numbers = new Object[steps];
            for (int i = 0; i < steps; i++) {
                numbers[i] = match.getOrDefault("s" + i, List.of()).stream()
                        .map(event -> event.get(2))
                        .toList();
            }
            return new DataRecord(numbers, null);
        }
    }
}
