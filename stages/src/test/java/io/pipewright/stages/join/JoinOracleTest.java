package io.pipewright.stages.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.stages.harness.StageRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random records of both sides, out of order and late, with crashes between them, against plain Java. */
class JoinOracleTest {

    private static final String[] KEYS = {"a", "b", "c", null};

    private record Fed(boolean call, long time, String key, long number) {}

    /** One way to say which records meet, as options and as plain Java. */
    private record Bound(String name, JoinOptions.Within within, long window, BiPredicate<Long, Long> meets) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Bound between(long from, long to) {
        return new Bound(
                from + ".." + to,
                Joins.within(from, to),
                0,
                (call, survey) -> survey >= call + from && survey <= call + to);
    }

    static Stream<Arguments> cases() {
        List<Bound> bounds = List.of(
                between(-50, 200),
                between(0, 150),
                between(20, 150),
                between(-150, -20),
                between(-150, 0),
                between(0, 0),
                new Bound(
                        "windows",
                        null,
                        250,
                        (call, survey) -> Math.floorDiv(call, 250L) == Math.floorDiv(survey, 250L)));
        return bounds.stream().flatMap(bound -> Stream.of(JoinOptions.Kind.values())
                .flatMap(kind -> LongStream.rangeClosed(1, 2).mapToObj(seed -> Arguments.of(bound, kind, seed))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyTwoRecordsThatMayMeetDoSoOnceAndTheRestOfAnOuterSideComesOutAlone(
            Bound bound, JoinOptions.Kind kind, long seed) {
        Random random = new Random(seed);
        List<Fed> accepted = new ArrayList<>();
        int late = 0;
        long watermark = Long.MIN_VALUE;
        JoinOptions options = Joins.options(kind, bound.within, bound.window == 0 ? null : Joins.window(bound.window));
        try (StageRun run = StageRun.start(new JoinType(), options, Joins.inputs(), false)) {
            for (int i = 0; i < 300; i++) {
                long now = i * 10L - 500;
                long time = now - random.nextInt(random.nextInt(10) == 0 ? 1_000 : 200);
                Fed fed = new Fed(random.nextBoolean(), time / 10 * 10, KEYS[random.nextInt(KEYS.length)], i);
                if (fed.call) {
                    run.feedTo(Joins.CALLS, fed.time, fed.key, fed.number, null);
                } else {
                    run.feedTo(Joins.SURVEYS, fed.time, fed.key, fed.number);
                }
                if (fed.time <= watermark) {
                    late++;
                } else {
                    accepted.add(fed);
                }
                if (random.nextInt(6) == 0) {
                    watermark = Math.max(watermark, now - random.nextInt(300));
                    run.watermark(watermark);
                }
                if (random.nextInt(25) == 0) {
                    run.crash();
                }
            }
            run.end();
            assertThat(emitted(run)).containsExactlyInAnyOrderElementsOf(expected(accepted, bound, kind));
            assertThat(run.rows("late")).hasSize(late).isNotEmpty();
            assertThat(run.failures()).isEmpty();
        }
    }

    /** The rows, each with its time. */
    private static List<String> emitted(StageRun run) {
        List<String> emitted = new ArrayList<>();
        for (int i = 0; i < run.rows().size(); i++) {
            DataRecord row = run.rows().get(i);
            emitted.add(text(row.get(0), row.get(1), run.times(OutputPort.MAIN).get(i)));
        }
        return emitted;
    }

    private static List<String> expected(List<Fed> accepted, Bound bound, JoinOptions.Kind kind) {
        List<String> rows = new ArrayList<>();
        for (Fed one : accepted) {
            List<Fed> met = accepted.stream()
                    .filter(other -> other.call != one.call
                            && one.key != null
                            && one.key.equals(other.key)
                            && bound.meets.test(one.call ? one.time : other.time, one.call ? other.time : one.time))
                    .toList();
            if (one.call) {
                met.forEach(other -> rows.add(text(one.number, other.number, Math.max(one.time, other.time))));
            }
            boolean outer = kind == JoinOptions.Kind.FULL
                    || kind == (one.call ? JoinOptions.Kind.LEFT : JoinOptions.Kind.RIGHT);
            if (outer && met.isEmpty()) {
                rows.add(one.call ? text(one.number, null, one.time) : text(null, one.number, one.time));
            }
        }
        return rows;
    }

    private static String text(Object call, Object survey, long time) {
        return call + " " + survey + " at " + time;
    }
}
