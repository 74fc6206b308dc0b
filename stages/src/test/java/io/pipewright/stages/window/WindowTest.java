package io.pipewright.stages.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

    private static final RecordType CALL = RecordType.of(
            "Call",
            Field.nullable("channel", Scalar.STRING),
            Field.of("seconds", Scalar.LONG),
            Field.nullable("cost", Scalar.DOUBLE),
            Field.of("unused", Scalar.STRING));

    private static WindowOptions options(List<String> keyBy, Duration size, Duration lateness, String... aggregates) {
        Map<String, Expression> byName = new LinkedHashMap<>();
        for (int i = 0; i < aggregates.length; i += 2) {
            byName.put(aggregates[i], new Expression(aggregates[i + 1], "aggregate." + aggregates[i]));
        }
        return new WindowOptions(keyBy, new WindowOptions.Tumbling(size), lateness, byName);
    }

    private static WindowOptions options(String... aggregates) {
        return options(List.of("channel"), Duration.ofSeconds(10), Duration.ZERO, aggregates);
    }

    private static StageRun start(WindowOptions options, boolean crashing) {
        return StageRun.start(new WindowType(), options, TestPlan.from(CALL), crashing);
    }

    private static Instant at(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private static StageRun call(StageRun run, long time, String channel, long seconds, Double cost) {
        return run.feed(time, channel, seconds, cost, "x");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachGroupHasOneRowPerWindowWhenTheWatermarkPassesItsEnd(boolean crashing) {
        try (StageRun run = start(
                options("calls", "count()", "total", "sum(seconds)", "mean", "avg(cost)", "least", "min(seconds)"),
                crashing)) {
            call(run, 12_000, "chat", 5, 1.0);
            call(run, 9_999, "chat", 7, null);
            call(run, 10_000, "chat", 2, 2.0);
            call(run, 15_000, null, 1, null);
            run.watermark(9_998);
            assertThat(run.rows()).isEmpty();
            run.watermark(9_999);
            assertThat(run.rows()).containsExactly(DataRecord.of("chat", 1L, 7L, null, 7L, at(0), at(10_000)));
            run.watermark(30_000);
            assertThat(run.rows())
                    .hasSize(3)
                    .contains(
                            DataRecord.of("chat", 2L, 7L, 1.5, 2L, at(10_000), at(20_000)),
                            DataRecord.of(null, 1L, 1L, null, 1L, at(10_000), at(20_000)));
            assertThat(run.times(OutputPort.MAIN)).containsExactly(9_999L, 19_999L, 19_999L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordAfterItsWindowIsLateAlsoWhenTheWindowFiredBeforeARestore(boolean crashing) {
        try (StageRun run = start(options("calls", "count()"), crashing)) {
            call(run, 1_000, "chat", 1, null);
            run.watermark(9_999);
            call(run, 2_000, "chat", 2, 3.0);
            call(run, 10_000, "chat", 2, 3.0);
            run.watermark(9_999).end();
            assertThat(run.rows("late")).containsExactly(DataRecord.of("chat", 2L, 3.0, "x"));
            assertThat(run.times("late")).containsExactly(2_000L);
            assertThat(run.rows())
                    .containsExactly(
                            DataRecord.of("chat", 1L, at(0), at(10_000)),
                            DataRecord.of("chat", 1L, at(10_000), at(20_000)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withAllowedLatenessALateRecordFiresTheWindowAgain(boolean crashing) {
        try (StageRun run = start(
                options(List.of("channel"), Duration.ofSeconds(10), Duration.ofSeconds(5), "calls", "count()"),
                crashing)) {
            call(run, 1_000, "chat", 1, null);
            run.watermark(9_999);
            call(run, 2_000, "chat", 1, null);
            run.watermark(14_998);
            call(run, 3_000, "chat", 1, null);
            call(run, 4_000, "voice", 1, null);
            run.watermark(14_999);
            call(run, 4_000, "chat", 1, null);
            run.end();
            assertThat(run.rows())
                    .containsExactly(
                            DataRecord.of("chat", 1L, at(0), at(10_000), 1L),
                            DataRecord.of("chat", 2L, at(0), at(10_000), 2L),
                            DataRecord.of("chat", 3L, at(0), at(10_000), 3L),
                            DataRecord.of("voice", 1L, at(0), at(10_000), 1L));
            assertThat(run.rows("late")).hasSize(1);
        }
    }

    @Test
    void windowsBeforeTheEpochAreAlignedLikeThoseAfterIt() {
        try (StageRun run = start(options("calls", "count()"), false)) {
            call(run, -1, "chat", 1, null);
            call(run, -10_000, "chat", 1, null);
            call(run, -10_001, "chat", 1, null);
            run.end();
            assertThat(run.rows())
                    .containsExactly(
                            DataRecord.of("chat", 1L, at(-20_000), at(-10_000)),
                            DataRecord.of("chat", 2L, at(-10_000), at(0)));
        }
    }

    @Test
    void noKeyFieldsMakeOneGroupOfAll() {
        try (StageRun run =
                start(options(List.of(), Duration.ofSeconds(10), Duration.ZERO, "calls", "count()"), true)) {
            call(run, 1, "chat", 1, null);
            call(run, 2, "voice", 1, null);
            run.end();
            assertThat(run.rows()).containsExactly(DataRecord.of(2L, at(0), at(10_000)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSumThatOverflowsSendsTheRecordToErrorsAndKeepsTheWindow(boolean crashing) {
        try (StageRun run = start(options("calls", "count()", "total", "sum(seconds)"), crashing)) {
            call(run, 1, "chat", Long.MAX_VALUE, null);
            call(run, 2, "chat", 1, null);
            call(run, 3, "chat", -1, null);
            run.end();
            assertThat(run.rows()).containsExactly(DataRecord.of("chat", 2L, Long.MAX_VALUE - 1, at(0), at(10_000)));
            assertThat(run.failures()).singleElement().asString().startsWith("overflow: ");
            assertThat(run.rows(OutputPort.ERRORS).get(0).get(3)).isEqualTo(at(2));
            assertThat(run.rows(OutputPort.ERRORS).get(0).origin().offset()).isEqualTo(2);
        }
    }

    @Test
    void aResultWithoutAValueSendsTheWindowToErrors() {
        try (StageRun run = start(options("ratio", "sum(seconds) / count(has(cost))"), false)) {
            call(run, 1, "chat", 4, null);
            call(run, 2, "voice", 4, 1.0);
            run.end();
            assertThat(run.rows()).containsExactly(DataRecord.of("voice", 4L, at(0), at(10_000)));
            assertThat(run.failures()).singleElement().asString().startsWith("division-by-zero: ");
            assertThat((String) run.rows(OutputPort.ERRORS).get(0).get(4)).contains("chat", "windowStart");
        }
    }

    @Test
    void conditionsChooseWhatCountsAndNothingCountedIsNullOrZero() {
        try (StageRun run = start(
                options(
                        "long", "count(seconds > 10)",
                        "costOfLong", "sum(cost, seconds > 10)",
                        "dearest", "max(cost, seconds > 10)"),
                true)) {
            call(run, 1, "chat", 11, 2.5);
            call(run, 2, "chat", 1, 9.0);
            call(run, 3, "voice", 1, 9.0);
            run.end();
            assertThat(run.rows())
                    .containsExactlyInAnyOrder(
                            DataRecord.of("chat", 1L, 2.5, 2.5, at(0), at(10_000)),
                            DataRecord.of("voice", 0L, 0.0, null, at(0), at(10_000)));
        }
    }

    @Test
    void floatingSumsAreCompensated() {
        try (StageRun run = start(options("total", "sum(cost)"), true)) {
            for (double cost : new double[] {1e100, 1.0, 1.0, -1e100}) {
                call(run, 1, "chat", 1, cost);
            }
            run.end();
            assertThat(run.rows()).containsExactly(DataRecord.of("chat", 2.0, at(0), at(10_000)));
        }
    }

    @Test
    void aRecordWithoutEventTimeFails() {
        try (StageRun run = start(options("calls", "count()"), false)) {
            run.feedRecord(StagePlan.FROM, null, DataRecord.of("chat", 1L, null, "x"));
            assertThat(run.failures()).singleElement().asString().startsWith("no-event-time");
        }
    }

    @Test
    void resultsOverWhatMayBeNullMayBeNullAndFieldsInUseAloneAreRead() {
        WindowPlan plan = StageRun.plan(
                new WindowType(), options("mean", "avg(cost)", "longest", "max(seconds)"), TestPlan.from(CALL));
        RecordType row = plan.outputs().get(0).type();
        assertThat(row.field("mean").orElseThrow().nullable()).isTrue();
        assertThat(row.field("longest").orElseThrow().nullable()).isFalse();
        assertThat(plan.fieldsRead(Map.of()).get("from")).containsExactlyInAnyOrder("channel", "cost", "seconds");
    }

    @Test
    void whatTheAuthorGetsWrongIsFound() {
        TestPlan plan = TestPlan.from(CALL);
        WindowOptions options = options(
                List.of("channel"),
                Duration.ofMinutes(1),
                Duration.ZERO,
                "windowEnd",
                "count()",
                "channel",
                "count()",
                "not-a-name",
                "count()",
                "wrong",
                "sum(nope)");
        assertThat(new WindowType().plan(options, plan)).isEmpty();
        assertThat(plan.problems())
                .hasSize(4)
                .contains(
                        "reserved-field at aggregate.windowEnd:",
                        "duplicate-field at aggregate.channel:",
                        "invalid-field-name at aggregate.not-a-name:");
    }
}
