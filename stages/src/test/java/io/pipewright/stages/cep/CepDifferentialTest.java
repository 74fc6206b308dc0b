package io.pipewright.stages.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.Skip;
import io.pipewright.stages.cep.CepOptions.Step;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import io.pipewright.testkit.Emitted;
import io.pipewright.testkit.JobHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.cep.CEP;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stage against patterns written by hand for Flink CEP, over random patterns and streams. The stage is crashed now
 * and then, Flink's own job is not.
 */
class CepDifferentialTest {

    private static final RecordType EVENT = RecordType.of(
            "Event",
            Field.of("key", Scalar.STRING),
            Field.of("letter", Scalar.STRING),
            Field.of("number", Scalar.LONG));
    private static final String[] LETTERS = {"a", "b", "c"};

    /** One step as both sides are told of it; {@code letter} null takes every event, {@code most} 0 is no bound. */
    private record Wanted(String letter, boolean strictly, int least, int most, boolean loopStrictly) {}

    private record Case(List<Wanted> steps, long within, boolean pastLast) {}

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 0; seed < 40; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theStageFindsWhatFlinkFinds(long seed) {
        Random random = new Random(seed);
        Case tried = randomCase(random);
        try (StageRun ours = StageRun.start(new CepType(), options(tried), TestPlan.from(EVENT), false);
                JobHarness flink = handWritten(tried)) {
            long watermark = Long.MIN_VALUE;
            int late = 0;
            for (int i = 0; i < 120; i++) {
                long time = i * 10L - random.nextInt(40);
                String key = "k" + random.nextInt(2);
                String letter = LETTERS[random.nextInt(3)];
                late += time <= watermark ? 1 : 0;
                ours.feed(time, key, letter, (long) i);
                if (time > watermark) {
                    flink.feed("source", DataRecord.of(key, letter, (long) i), time);
                }
                if (random.nextInt(4) == 0) {
                    watermark = Math.max(watermark, i * 10L - random.nextInt(40));
                    ours.watermark(watermark);
                    flink.watermark("source", watermark);
                }
                if (random.nextInt(15) == 0) {
                    ours.crash();
                }
            }
            ours.end();
            flink.end();
            // Two keys whose timers are equal may fire in either order.
            assertThat(withTimes(ours.rows(), ours.times("")))
                    .as("%s", tried)
                    .containsExactlyInAnyOrderElementsOf(withTimes(records(flink, "main"), times(flink, "main")));
            assertThat(ours.rows("late")).hasSize(late);
            if (tried.within > 0) {
                assertThat(withTimes(numbersOf(ours.rows("timedOut")), ours.times("timedOut")))
                        .as("%s", tried)
                        .containsExactlyInAnyOrderElementsOf(
                                withTimes(records(flink, "timedOut"), times(flink, "timedOut")));
            }
        }
    }

    private static List<String> withTimes(List<DataRecord> records, List<Long> times) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            all.add(records.get(i) + " at " + times.get(i));
        }
        return all;
    }

    private static Case randomCase(Random random) {
        List<Wanted> steps = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int least = 1 + random.nextInt(3);
            int most =
                    switch (random.nextInt(4)) {
                        case 0 -> 0;
                        case 1 -> least + 1;
                        default -> least;
                    };
            String letter = random.nextInt(5) == 0 ? null : LETTERS[random.nextInt(3)];
            steps.add(new Wanted(letter, random.nextBoolean(), least, most, random.nextBoolean()));
        }
        // Loops without an end and without a limit in time keep every event for good.
        return new Case(steps, random.nextInt(4) == 0 ? 0 : 20 + random.nextInt(80), random.nextBoolean());
    }

    private static CepOptions options(Case tried) {
        List<Step> steps = new ArrayList<>();
        Map<String, Expression> emit = new LinkedHashMap<>();
        for (int i = 0; i < tried.steps.size(); i++) {
            Wanted wanted = tried.steps.get(i);
            String id = "s" + i;
            boolean once = wanted.least == 1 && wanted.most == 1;
            Times times = new Times(wanted.least, wanted.most == 0 ? null : (Integer) wanted.most);
            steps.add(new Step(
                    id,
                    wanted.letter == null ? null : new Expression("letter == \"" + wanted.letter + "\"", id),
                    i == 0 ? null : wanted.strictly ? Contiguity.NEXT : Contiguity.FOLLOWED_BY,
                    once ? null : times,
                    once || !wanted.loopStrictly ? null : Contiguity.NEXT));
            emit.put(id, new Expression(id + ".map(e, e.number)", "emit." + id));
        }
        return new CepOptions(
                List.of("key"),
                steps,
                tried.within == 0 ? null : Duration.ofMillis(tried.within),
                new CepOptions.AfterMatch(tried.pastLast ? Skip.PAST_LAST : Skip.NONE),
                emit);
    }

    private static JobHarness handWritten(Case tried) {
        StreamExecutionEnvironment environment = StageRun.environment();
        DataStream<DataRecord> events = environment
                .fromData(List.of(DataRecord.of("", "", 0L)), RecordTypeInfo.of(EVENT))
                .uid("source");
        RecordKeySelector key = new RecordKeySelector(EVENT, List.of("key"));
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < tried.steps.size(); i++) {
            fields.add(Field.of("s" + i, new ListType(Scalar.LONG)));
        }
        RecordTypeInfo numbers = RecordTypeInfo.of(new RecordType("numbers", fields));
        OutputTag<DataRecord> timedOut = new OutputTag<>("timedOut", numbers);
        SingleOutputStreamOperator<DataRecord> matches = CEP.pattern(
                        events.keyBy(key, key.getProducedType()), pattern(tried))
                .process(new Numbers(tried.steps.size(), timedOut), numbers)
                .uid("cep");
        StageRun.collect(matches, "main");
        StageRun.collect(matches.getSideOutput(timedOut), "timedOut");
        return StageRun.start(environment);
    }

    private static Pattern<DataRecord, DataRecord> pattern(Case tried) {
        AfterMatchSkipStrategy skip =
                tried.pastLast ? AfterMatchSkipStrategy.skipPastLastEvent() : AfterMatchSkipStrategy.noSkip();
        Pattern<DataRecord, DataRecord> pattern = null;
        for (int i = 0; i < tried.steps.size(); i++) {
            Wanted wanted = tried.steps.get(i);
            if (pattern == null) {
                pattern = Pattern.begin("s0", skip);
            } else {
                pattern = wanted.strictly ? pattern.next("s" + i) : pattern.followedBy("s" + i);
            }
            if (wanted.letter != null) {
                String letter = wanted.letter;
                pattern = pattern.where(SimpleCondition.of(event -> letter.equals(event.get(1))));
            }
            if (wanted.most == 0) {
                pattern = wanted.least == 1 ? pattern.oneOrMore() : pattern.timesOrMore(wanted.least);
            } else {
                pattern = pattern.times(wanted.least, wanted.most);
            }
            if (wanted.loopStrictly) {
                pattern = pattern.consecutive();
            }
        }
        return tried.within == 0 ? pattern : pattern.within(Duration.ofMillis(tried.within));
    }

    private static List<DataRecord> records(JobHarness job, String sink) {
        return job.collected(sink).stream()
                .map(emitted -> (DataRecord) emitted.value())
                .toList();
    }

    private static List<Long> times(JobHarness job, String sink) {
        return job.collected(sink).stream().map(Emitted::eventTime).toList();
    }

    @SuppressWarnings("unchecked")
    private static List<DataRecord> numbersOf(List<DataRecord> timedOut) {
        List<DataRecord> all = new ArrayList<>();
        for (DataRecord record : timedOut) {
            Object[] numbers = new Object[record.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = ((List<DataRecord>) record.get(i))
                        .stream().map(event -> event.get(2)).toList();
            }
            all.add(new DataRecord(numbers, null));
        }
        return all;
    }

    /** The numbers of the events of each step. */
    private static final class Numbers extends PatternProcessFunction<DataRecord, DataRecord>
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
