package io.pipewright.stages.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.stages.cep.CepOptions.Matcher;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import io.pipewright.testkit.Emitted;
import io.pipewright.testkit.JobHarness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.cep.CEP;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stage against patterns written by hand for Flink CEP, over random patterns and streams. The stage is crashed now
 * and then, Flink's own job is not.
 */
class CepDifferentialTest {

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
        TriedPattern tried = TriedPattern.random(random);
        compare(tried, seed % 2 == 0 ? Matcher.AUTO : Matcher.FLINK_CEP, random, 120);
    }

    /**
     * Feeds both sides with events by chance, and compares what they found.
     *
     * @return how many matches and partial matches there were
     */
    static int compare(TriedPattern tried, Matcher matcher, Random random, int events) {
        try (StageRun ours = StageRun.start(
                        new CepType(), tried.options(matcher), TestPlan.from(TriedPattern.EVENT), false);
                JobHarness flink = handWritten(tried)) {
            Map<Long, Long> eventTimes = new HashMap<>();
            int late = feed(ours, flink, random, events, eventTimes);
            List<DataRecord> matches = records(flink, "main");
            // Flink gives what ends with a negation the time of the watermark, or of the next event.
            List<Long> times = tried.endsWithLimit()
                    ? matches.stream()
                            .map(match -> tried.limit(match, eventTimes))
                            .toList()
                    : times(flink, "main");
            // Two keys whose timers are equal may fire in either order.
            assertThat(withTimes(ours.rows(), ours.times("")))
                    .as("%s", tried)
                    .containsExactlyInAnyOrderElementsOf(withTimes(matches, times));
            assertThat(ours.rows("late")).hasSize(late);
            assertThat(ours.rows("errors")).isEmpty();
            int found = ours.rows().size();
            if (tried.timesOut()) {
                List<DataRecord> partial = ours.rows("timedOut").stream()
                        .map(TriedPattern::numbersOf)
                        .toList();
                assertThat(withTimes(partial, ours.times("timedOut")))
                        .as("%s", tried)
                        .containsExactlyInAnyOrderElementsOf(
                                withTimes(records(flink, "timedOut"), times(flink, "timedOut")));
                found += partial.size();
            }
            return found;
        }
    }

    /** Only the stage is told of late events; how many there were. */
    private static int feed(StageRun ours, JobHarness flink, Random random, int events, Map<Long, Long> eventTimes) {
        long watermark = Long.MIN_VALUE;
        int late = 0;
        for (int i = 0; i < events; i++) {
            long time = i * 10L - random.nextInt(40);
            String key = "k" + random.nextInt(2);
            String letter = String.valueOf(TriedPattern.letter(random));
            late += time <= watermark ? 1 : 0;
            ours.feed(time, key, letter, (long) i);
            eventTimes.put((long) i, time);
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
        return late;
    }

    private static List<String> withTimes(List<DataRecord> records, List<Long> times) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            all.add(records.get(i) + " at " + times.get(i));
        }
        return all;
    }

    private static JobHarness handWritten(TriedPattern tried) {
        StreamExecutionEnvironment environment = StageRun.environment();
        DataStream<DataRecord> events = environment
                .fromData(List.of(DataRecord.of("", "", 0L)), RecordTypeInfo.of(TriedPattern.EVENT))
                .uid("source");
        RecordKeySelector key = new RecordKeySelector(TriedPattern.EVENT, List.of("key"));
        RecordTypeInfo numbers = RecordTypeInfo.of(tried.found());
        OutputTag<DataRecord> timedOut = new OutputTag<>("timedOut", numbers);
        SingleOutputStreamOperator<DataRecord> matches = CEP.pattern(
                        events.keyBy(key, key.getProducedType()), tried.written())
                .process(new TriedPattern.Numbers(tried.takers(), timedOut), numbers)
                .uid("cep");
        StageRun.collect(matches, "main");
        StageRun.collect(matches.getSideOutput(timedOut), "timedOut");
        return StageRun.start(environment);
    }

    private static List<DataRecord> records(JobHarness job, String sink) {
        return job.collected(sink).stream()
                .map(emitted -> (DataRecord) emitted.value())
                .toList();
    }

    private static List<Long> times(JobHarness job, String sink) {
        return job.collected(sink).stream().map(Emitted::eventTime).toList();
    }
}
