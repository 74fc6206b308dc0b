package io.pipewright.stages.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code approximate: true} against the same windows with exact results. */
class ApproximateWindowTest {

    private static final RecordType CALL = RecordType.of(
            "Call",
            Field.of("channel", Scalar.STRING),
            Field.nullable("agent", Scalar.STRING),
            Field.of("seconds", Scalar.LONG),
            Field.nullable("cost", Scalar.DOUBLE),
            Field.of("price", Scalar.DECIMAL),
            Field.of("wait", Scalar.DURATION),
            Field.of("at", Scalar.TIMESTAMP),
            Field.of("tags", new ListType(Scalar.STRING)));

    private static final String[] AGGREGATES = {
        "count()",
        "countDistinct(agent)",
        "countDistinct(price, seconds > 100)",
        "percentile(seconds, 0.5)",
        "percentile(seconds, 0.9)",
        "percentile(cost, 0.95)",
        "percentile(cost, 0.5, seconds > 500)",
        "percentile(price, 0.75)",
        "percentile(wait, 0.25)"
    };

    static Stream<WindowOptions.Window> windows() {
        return Stream.of(
                new WindowOptions.Tumbling(ms(1_000)),
                new WindowOptions.Sliding(ms(1_000), ms(300), ms(0), null),
                new WindowOptions.Cumulative(ms(2_000), ms(500), ms(0), null),
                new WindowOptions.Session(ms(20), null),
                new WindowOptions.Global());
    }

    @ParameterizedTest
    @MethodSource("windows")
    void resultsAreWithinTheirBoundsThroughCrashesAndOutOfOrder(WindowOptions.Window window) {
        List<DataRecord> exact = rows(window, false, 5);
        List<DataRecord> estimated = rows(window, true, 5);
        assertThat(estimated).hasSameSizeAs(exact).isNotEqualTo(exact);
        for (int row = 0; row < exact.size(); row++) {
            for (int field = 0; field < exact.get(row).size(); field++) {
                boolean isPercentile = field > 3 && field <= AGGREGATES.length;
                assertClose(estimated.get(row).get(field), exact.get(row).get(field), isPercentile);
            }
        }
    }

    private static void assertClose(@Nullable Object estimate, @Nullable Object exact, boolean isPercentile) {
        if (!isPercentile || exact == null) {
            assertThat(estimate).isEqualTo(exact);
        } else if (exact instanceof Duration time) {
            double seconds = time.toNanos() / 1e9;
            assertThat(((Duration) estimate).toNanos() / 1e9).isCloseTo(seconds, within(seconds * 0.01 + 1e-6));
        } else {
            double number = ((Number) exact).doubleValue();
            double rounding = exact instanceof Long ? 0.5 : 1e-5 * number;
            assertThat(estimate).isInstanceOf(exact.getClass());
            assertThat(((Number) estimate).doubleValue()).isCloseTo(number, within(number * 0.01 + rounding));
        }
    }

    /** In the order of group and window. */
    private static List<DataRecord> rows(WindowOptions.Window window, boolean approximate, long seed) {
        Random random = new Random(seed);
        try (StageRun run = start(options(window, approximate, AGGREGATES), false)) {
            for (int i = 0; i < 600; i++) {
                long time = i * 10L - random.nextInt(150);
                long seconds = random.nextLong(1_000);
                run.feed(
                        time,
                        random.nextBoolean() ? "chat" : "voice",
                        random.nextInt(5) == 0 ? null : "agent " + random.nextInt(80),
                        seconds,
                        random.nextInt(5) == 0 ? null : (Double) Math.exp(random.nextGaussian() * 3),
                        new BigDecimal(random.nextInt(50) + (random.nextBoolean() ? ".0" : ".00")),
                        Duration.ofMillis(random.nextInt(100_000)),
                        null,
                        null);
                if (i % 25 == 0) {
                    run.watermark(i * 10L - 150);
                }
                if (i % 40 == 39) {
                    run.crash();
                }
            }
            run.end();
            assertThat(run.rows("late")).isEmpty();
            assertThat(run.failures()).isEmpty();
            return run.rows().stream()
                    .sorted(Comparator.comparing(
                            row -> row.get(0) + " " + row.get(row.size() - 2) + " " + row.get(row.size() - 1)))
                    .toList();
        }
    }

    @Test
    void aGroupOfWhichNothingCountsHasZeroAndNull() {
        try (StageRun run = start(
                options(new WindowOptions.Tumbling(ms(1_000)), true, "countDistinct(agent)", "percentile(cost, 0.5)"),
                true)) {
            run.feed(10, "chat", null, 1L, null, BigDecimal.ONE, Duration.ZERO, null, null);
            run.end();
            assertThat(run.rows()).singleElement().satisfies(row -> {
                assertThat(row.get(1)).isEqualTo(0L);
                assertThat(row.get(2)).isNull();
            });
        }
    }

    @Test
    void whatIsNotEstimatedIsRefused() {
        WindowOptions.Window window = new WindowOptions.Tumbling(ms(1_000));
        assertThat(problems(options(window, true, "count()", "sum(seconds)")))
                .containsExactly("useless-option at " + OptionPath.key("approximate"));
        assertThat(problems(options(window, true, "percentile(at, 0.5)", "countDistinct(agent)")))
                .containsExactly("not-supported at aggregate.a0");
        assertThat(problems(options(window, true, "percentile(agent, 0.5)")))
                .containsExactly("not-supported at aggregate.a0");
        assertThat(problems(options(window, true, "countDistinct(tags)")))
                .containsExactly("not-supported at aggregate.a0");
        assertThat(problems(options(window, true, "countDistinct(nothing)"))).hasSize(1);
        assertThat(problems(options(window, false, "percentile(at, 0.5)", "countDistinct(tags)")))
                .isEmpty();
    }

    private static List<String> problems(WindowOptions options) {
        TestPlan plan = TestPlan.from(CALL);
        new WindowType().plan(options, plan);
        return plan.problems();
    }

    private static StageRun start(WindowOptions options, boolean crashing) {
        return StageRun.start(new WindowType(), options, TestPlan.from(CALL), crashing);
    }

    private static WindowOptions options(WindowOptions.Window window, boolean approximate, String... aggregates) {
        Map<String, Expression> byName = new LinkedHashMap<>();
        for (String aggregate : aggregates) {
            byName.put("a" + byName.size(), new Expression(aggregate, "aggregate.a" + byName.size()));
        }
        return new WindowOptions(List.of("channel"), window, ms(0), byName, null, approximate);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
