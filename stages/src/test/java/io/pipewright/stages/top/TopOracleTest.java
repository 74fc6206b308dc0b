package io.pipewright.stages.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random records, out of order and late, with crashes between them, against plain Java that sorts all there are. */
class TopOracleTest {

    private static final long TTL = 120;
    private static final long WINDOW = 200;
    private static final RecordType EVENT = RecordType.of(
            "Event", Field.of("key", Scalar.STRING), Field.nullable("points", Scalar.LONG), Field.of("n", Scalar.LONG));
    private static final RecordType ROW =
            EVENT.with(Field.of("windowStart", Scalar.TIMESTAMP)).with(Field.of("windowEnd", Scalar.TIMESTAMP));

    private record Fed(long time, String key, Long points, long number) {

        DataRecord ranked(long rank, String op) {
            return DataRecord.of(key, points, number, rank, op);
        }

        DataRecord rankedInWindow(long rank) {
            return DataRecord.of(key, points, number, start(), end(), rank);
        }

        Instant start() {
            return Instant.ofEpochMilli(Math.floorDiv(time, WINDOW) * WINDOW);
        }

        Instant end() {
            return start().plusMillis(WINDOW);
        }
    }

    private record Place(Fed fed, long rank) {}

    private static final Comparator<Fed> BY_TIME =
            Comparator.comparingLong(Fed::time).thenComparingLong(Fed::number);

    private static TopOptions options(int n, boolean all, boolean descending, Duration ttl) {
        return new TopOptions(
                List.of("key"),
                n,
                List.of(new TopOptions.Order(
                        new Expression("points", "orderBy[0].by"),
                        descending ? TopOptions.Direction.DESCENDING : TopOptions.Direction.ASCENDING)),
                all ? TopOptions.Ties.ALL : TopOptions.Ties.FIRST,
                ttl);
    }

    private static Fed random(Random random, int number) {
        long time = (number * 10L - random.nextInt(200)) / 10 * 10;
        Long points = random.nextInt(8) == 0 ? null : (long) random.nextInt(6);
        return new Fed(time, "k" + random.nextInt(5), points, number);
    }

    /** The ranks of these records: one more than there are better ones, or for those of equal points also earlier ones. */
    private static List<Place> places(List<Fed> inOrderOfTime, int n, boolean all, boolean descending) {
        Comparator<Long> points = descending ? Comparator.reverseOrder() : Comparator.naturalOrder();
        List<Fed> sorted = inOrderOfTime.stream()
                .sorted(Comparator.comparing(Fed::points, Comparator.nullsLast(points)))
                .toList();
        return IntStream.range(0, sorted.size())
                .mapToObj(i -> {
                    Fed fed = sorted.get(i);
                    long equalBefore = sorted.subList(0, i).stream()
                            .filter(other -> Objects.equals(other.points, fed.points))
                            .count();
                    return new Place(fed, 1 + i - (all ? equalBefore : 0));
                })
                .filter(place -> place.rank <= n)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyChangeOfARankingIsToldOnceDeletionsFirst(long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(4);
        boolean all = seed % 2 == 0;
        boolean descending = seed % 3 == 0;
        List<Fed> accepted = new ArrayList<>();
        int late = 0;
        long watermark = Long.MIN_VALUE;
        TopOptions options = options(n, all, descending, Duration.ofMillis(TTL));
        try (StageRun run = StageRun.start(new TopType(), options, TestPlan.from(EVENT), false)) {
            for (int i = 0; i < 400; i++) {
                Fed fed = random(random, i);
                run.feed(fed.time, fed.key, fed.points, fed.number);
                if (fed.time <= watermark) {
                    late++;
                } else {
                    accepted.add(fed);
                }
                watermark = disturb(run, random, i, watermark);
            }
            run.end();
            Map<String, List<Fed>> byKey = accepted.stream().sorted(BY_TIME).collect(Collectors.groupingBy(Fed::key));
            long reached = watermark;
            byKey.forEach((key, feds) -> assertThat(run.rows().stream().filter(row -> key.equals(row.get(0))))
                    .as(key)
                    .containsExactlyElementsOf(changes(feds, n, all, descending, reached)));
            assertThat(run.rows("late")).hasSize(late).isNotEmpty();
            assertThat(run.failures()).isEmpty();
        }
    }

    private static List<DataRecord> changes(List<Fed> feds, int n, boolean all, boolean descending, long watermark) {
        List<DataRecord> rows = new ArrayList<>();
        List<Fed> live = new ArrayList<>();
        List<Place> before = List.of();
        for (int i = 0; i < feds.size(); i++) {
            live.add(feds.get(i));
            List<Place> after = places(live, n, all, descending);
            for (Place place : before) {
                if (!after.contains(place)) {
                    rows.add(place.fed.ranked(place.rank, "delete"));
                }
            }
            for (Place place : after) {
                if (!before.contains(place)) {
                    rows.add(place.fed.ranked(place.rank, "upsert"));
                }
            }
            before = after;
            long next = i + 1 < feds.size() ? feds.get(i + 1).time : watermark;
            if (next - feds.get(i).time >= TTL) {
                after.forEach(place -> rows.add(place.fed.ranked(place.rank, "delete")));
                before = List.of();
                live.clear();
            }
        }
        return rows;
    }

    private static long disturb(StageRun run, Random random, int step, long watermark) {
        long moved = watermark;
        if (random.nextInt(6) == 0) {
            moved = Math.max(watermark, step * 10L - random.nextInt(250));
            run.watermark(moved);
        }
        if (random.nextInt(25) == 0) {
            run.crash();
        }
        return moved;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyWindowIsRankedAsAWhole(long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(4);
        boolean all = seed % 2 == 0;
        boolean descending = seed % 3 == 0;
        List<Fed> accepted = new ArrayList<>();
        int late = 0;
        long watermark = Long.MIN_VALUE;
        try (StageRun run =
                StageRun.start(new TopType(), options(n, all, descending, null), TestPlan.from(ROW), false)) {
            for (int i = 0; i < 400; i++) {
                Fed fed = random(random, i);
                long time = fed.end().toEpochMilli() - 1;
                run.feed(time, fed.key, fed.points, fed.number, fed.start(), fed.end());
                if (time <= watermark) {
                    late++;
                } else {
                    accepted.add(fed);
                }
                watermark = disturb(run, random, i, watermark);
            }
            run.end();
            List<DataRecord> expected = new ArrayList<>();
            accepted.stream()
                    .collect(Collectors.groupingBy(fed -> List.of(fed.key, fed.end())))
                    .values()
                    .forEach(group -> places(group, n, all, descending)
                            .forEach(place -> expected.add(place.fed.rankedInWindow(place.rank))));
            assertThat(run.rows()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(run.times(OutputPort.MAIN)).isSorted().allMatch(time -> (time + 1) % WINDOW == 0);
            assertThat(run.rows("late")).hasSize(late).isNotEmpty();
        }
    }
}
