package io.pipewright.stages.window;

import static io.pipewright.testkit.Scenario.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import io.pipewright.testkit.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that windows send before they end. */
class EarlyRowsTest {

    private static final RecordType CALL =
            RecordType.of("Call", Field.of("channel", Scalar.STRING), Field.of("n", Scalar.LONG));

    private static Scenario scenario(String window, String more) {
        return Scenario.of(
                """
                records:
                  Call:
                    fields: {at: timestamp, channel: string, n: long}
                sources:
                  calls: {type: test, record: Call, time: at}
                stages:
                  volumes:
                    type: window
                    from: calls
                    keyBy: [channel]
                    window: {%s}
                    emitEvery: 2s
                    aggregate: {total: sum(n), most: 'percentile(n, 1.0)'}
                    %s
                sinks:
                  rows: {type: test, from: volumes}
                  lost: {type: test, from: late}
                  failures: {type: test, from: errors}
                errors: {default: deadLetter}
                """
                        .formatted(window, more));
    }

    @Test
    void aWindowThatHasChangedSendsItsRowAtTheNextMultipleAndAgainWhenItHasEnded() {
        scenario("type: tumbling, size: 10s", "allowedLateness: 5s")
                .record("calls", 1_000, "VOICE", 1)
                .watermark(1_998)
                .expectNothing("rows")
                .watermark(1_999)
                .expect("rows", row("total", 1, "most", 1, "firing", 1, "windowEnd", 10_000))
                .watermark(5_000)
                .expectNothing("rows")
                .record("calls", 9_000, "VOICE", 8)
                .record("calls", 5_500, "VOICE", 2)
                .watermark(5_999)
                .expect("rows", row("total", 11, "most", 8, "firing", 2))
                .record("calls", 6_000, "VOICE", 4)
                .watermark(20_000)
                .expect("rows", row("total", 15, "firing", 3))
                .end()
                .expectNothing("rows", "lost", "failures")
                .verify();
    }

    @Test
    void everyWindowThatIsOpenSendsARowWhereTheyOverlap() {
        scenario("type: sliding, size: 10s, slide: 5s", "")
                .record("calls", 6_000, "VOICE", 1)
                .watermark(7_999)
                .expect(
                        "rows",
                        row("total", 1, "windowEnd", 10_000, "firing", 1),
                        row("total", 1, "windowEnd", 15_000, "firing", 1))
                .watermark(9_999)
                .expect("rows", row("total", 1, "windowEnd", 10_000, "firing", 2))
                .record("calls", 11_000, "VOICE", 2)
                .watermark(11_999)
                .expect(
                        "rows",
                        row("total", 3, "windowEnd", 15_000, "firing", 2),
                        row("total", 2, "windowEnd", 20_000, "firing", 1))
                .end()
                .expect(
                        "rows",
                        row("total", 3, "windowEnd", 15_000, "firing", 3),
                        row("total", 2, "windowEnd", 20_000, "firing", 2))
                .expectNothing("lost", "failures")
                .verify();
    }

    @Test
    void aSessionSendsWhatItIsSoFar() {
        scenario("type: session, gap: 5s", "")
                .record("calls", 1_000, "VOICE", 1)
                .watermark(2_500)
                .expect("rows", row("total", 1, "windowEnd", 6_000, "firing", 1))
                .record("calls", 6_000, "VOICE", 2)
                .watermark(10_998)
                .expect("rows", row("total", 3, "windowStart", 1_000, "windowEnd", 11_000, "firing", 2))
                .watermark(10_999)
                .expect("rows", row("total", 3, "windowEnd", 11_000, "firing", 3))
                .end()
                .expectNothing("rows", "lost", "failures")
                .verify();
    }

    @Test
    void theWindowOfAllTimeSendsARowWheneverItHasChanged() {
        scenario("type: global", "")
                .record("calls", 5_000, "VOICE", 1)
                .watermark(5_000)
                .expect("rows", row("total", 1, "firing", 1))
                .watermark(50_000)
                .record("calls", 3_000, "VOICE", 2)
                .watermark(51_998)
                .expectNothing("rows")
                .watermark(51_999)
                .expect("rows", row("total", 3, "most", 2, "firing", 2))
                .end()
                .expect("rows", row("total", 3, "firing", 3))
                .expectNothing("lost", "failures")
                .verify();
    }

    static Stream<Arguments> windows() {
        Duration second = Duration.ofSeconds(1);
        return Stream.of(
                        new WindowOptions.Tumbling(second),
                        new WindowOptions.Sliding(second, Duration.ofMillis(300), Duration.ZERO, null),
                        new WindowOptions.Cumulative(second, Duration.ofMillis(250), Duration.ZERO, null),
                        new WindowOptions.Session(Duration.ofMillis(50), null),
                        new WindowOptions.Session(Duration.ofMillis(50), Duration.ofMillis(400)))
                .flatMap(window -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(window, seed)));
    }

    /** Early rows are told before their window ends, each counts on, and those that are sent without them are all there. */
    @ParameterizedTest
    @MethodSource("windows")
    void earlyRowsAreAddedToTheOthersAndChangeNoneOfThem(WindowOptions.Window window, long seed) {
        Random random = new Random(seed);
        try (StageRun plain = start(window, null);
                StageRun often = start(window, Duration.ofMillis(70))) {
            long watermark = Long.MIN_VALUE;
            int seen = 0;
            List<DataRecord> early = new ArrayList<>();
            List<DataRecord> last = new ArrayList<>();
            Map<Object, Long> firings = new HashMap<>();
            for (int i = 0; i <= 300; i++) {
                long time = i * 15L - random.nextInt(random.nextInt(8) == 0 ? 1_500 : 150);
                String channel = random.nextBoolean() ? "chat" : "voice";
                plain.feed(time, channel, (long) i);
                often.feed(time, channel, (long) i);
                if (random.nextInt(5) == 0) {
                    watermark = Math.max(watermark, i * 15L - random.nextInt(300));
                    plain.watermark(watermark);
                    often.watermark(watermark);
                }
                if (random.nextInt(12) == 0) {
                    often.crash();
                }
                if (i == 300) {
                    plain.end();
                    often.end();
                    watermark = Long.MAX_VALUE;
                }
                for (DataRecord row : often.rows().subList(seen, often.rows().size())) {
                    boolean ended = ((Instant) row.get(4)).toEpochMilli() - 1 <= watermark;
                    (ended ? last : early).add(row.project(new int[] {0, 1, 2, 3, 4}));
                    if (!(window instanceof WindowOptions.Session)) {
                        long firing = firings.merge(List.of(row.get(0), row.get(3), row.get(4)), 1L, Long::sum);
                        assertThat(row.get(5)).isEqualTo(firing);
                    }
                }
                seen = often.rows().size();
            }
            assertThat(last).containsExactlyInAnyOrderElementsOf(plain.rows());
            assertThat(often.rows("late")).isEqualTo(plain.rows("late"));
            assertThat(early).hasSizeGreaterThan(15);
        }
    }

    private static StageRun start(WindowOptions.Window window, @Nullable Duration emitEvery) {
        Map<String, Expression> aggregates = new LinkedHashMap<>();
        aggregates.put("total", new Expression("sum(n)", "aggregate.total"));
        aggregates.put("different", new Expression("countDistinct(n % 7)", "aggregate.different"));
        WindowOptions options =
                new WindowOptions(List.of("channel"), window, Duration.ZERO, aggregates, emitEvery, false);
        return StageRun.start(new WindowType(), options, TestPlan.from(CALL), false);
    }
}
