package io.pipewright.stages.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.stages.harness.StageRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Random records of both sides, out of order and late, with crashes between them, against plain Java. */
class JoinOracleTest {

    private static final String[] KEYS = {"a", "b", "c", null};

    private record Fed(boolean call, long time, String key, long number) {}

    /**
     * One way to say which records meet, as options and as plain Java.
     *
     * @param windows the windows that a time is in; null where only the difference of two times counts
     */
    private record Bound(
            String name,
            JoinOptions.Within within,
            JoinOptions.Window window,
            BiPredicate<Long, Long> meets,
            Function<Long, Set<String>> windows) {

        /** A row for each: the windows of all these times. */
        Set<String> rows(long time, long... others) {
            Set<String> rows = new TreeSet<>(windows == null ? Set.of("") : windows.apply(time));
            for (long other : others) {
                rows.retainAll(windows == null ? Set.of("") : windows.apply(other));
            }
            return rows;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Bound between(long from, long to) {
        return new Bound(
                from + ".." + to,
                Joins.within(from, to),
                null,
                (call, survey) -> survey >= call + from && survey <= call + to,
                null);
    }

    /** Looks at all windows that there could be. */
    private static Bound windows(String name, JoinOptions.Window window, long slide, long... sizes) {
        Function<Long, Set<String>> windows = time -> {
            Set<String> in = new TreeSet<>();
            for (long start = -20 * slide; start <= 4_000; start += slide) {
                for (long size : sizes) {
                    if (start <= time && time < start + size) {
                        in.add(" in " + start + ".." + (start + size));
                    }
                }
            }
            return in;
        };
        return new Bound(
                name,
                null,
                window,
                (call, survey) -> !Collections.disjoint(windows.apply(call), windows.apply(survey)),
                windows);
    }

    static Stream<Arguments> cases() {
        List<Bound> bounds = List.of(
                between(-50, 200),
                between(0, 150),
                between(20, 150),
                between(-150, -20),
                between(-150, 0),
                between(0, 0),
                windows("tumbling", Joins.window(250), 250, 250),
                windows("sliding", Joins.sliding(250, 100), 100, 250),
                windows("sliding by its size", Joins.sliding(200, 200), 200, 200),
                windows("cumulative", Joins.cumulative(300, 100), 300, 100, 200, 300));
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
        JoinOptions options = Joins.options(kind, bound.within, bound.window, Joins.select(bound.window));
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
            String window = row.size() == 2 ? "" : " in " + millis(row.get(2)) + ".." + millis(row.get(3));
            emitted.add(text(row.get(0), row.get(1), run.times(OutputPort.MAIN).get(i), window));
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
                met.forEach(other -> bound.rows(one.time, other.time)
                        .forEach(window ->
                                rows.add(text(one.number, other.number, Math.max(one.time, other.time), window))));
            }
            boolean outer = kind == JoinOptions.Kind.FULL
                    || kind == (one.call ? JoinOptions.Kind.LEFT : JoinOptions.Kind.RIGHT);
            if (outer) {
                Set<String> alone = bound.rows(one.time);
                met.forEach(other -> alone.removeAll(bound.rows(one.time, other.time)));
                alone.forEach(window -> rows.add(
                        one.call
                                ? text(one.number, null, one.time, window)
                                : text(null, one.number, one.time, window)));
            }
        }
        return rows;
    }

    private static long millis(Object moment) {
        return ((Instant) moment).toEpochMilli();
    }

    private static String text(Object call, Object survey, long time, String window) {
        return call + " " + survey + " at " + time + window;
    }
}
