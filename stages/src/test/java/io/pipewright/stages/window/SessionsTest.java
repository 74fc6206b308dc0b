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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {

    private static final RecordType CALL =
            RecordType.of("Call", Field.nullable("channel", Scalar.STRING), Field.of("n", Scalar.LONG));

    private static StageRun start(long gap, @Nullable Long maxLength, long lateness, boolean crashing) {
        WindowOptions.Window window = new WindowOptions.Session(
                Duration.ofMillis(gap), maxLength == null ? null : Duration.ofMillis(maxLength));
        WindowOptions options = new WindowOptions(
                List.of("channel"),
                window,
                Duration.ofMillis(lateness),
                Map.of("total", new Expression("sum(n)", "aggregate.total")));
        return StageRun.start(new WindowType(), options, TestPlan.from(CALL), crashing);
    }

    private static DataRecord row(String channel, long total, long start, long end) {
        return DataRecord.of(channel, total, Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPauseOfJustTheGapIsInOneSessionAndALongerOneEndsIt(boolean crashing) {
        try (StageRun run = start(10, null, 0, crashing)) {
            run.feed(0, "chat", 1L).feed(20, "chat", 4L).feed(10, "chat", 2L).feed(31, "chat", 8L);
            run.feed(5, null, 16L);
            run.watermark(29);
            assertThat(run.rows()).containsExactlyInAnyOrder(row("chat", 7, 0, 30), row(null, 16, 5, 15));
            assertThat(run.times(OutputPort.MAIN)).containsExactlyInAnyOrder(29L, 14L);
            run.end();
            assertThat(run.rows()).hasSize(3).contains(row("chat", 8, 31, 41));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordBetweenTwoSessionsMakesThemOneAndOneBehindTheWatermarkMayStillJoin(boolean crashing) {
        try (StageRun run = start(10, null, 0, crashing)) {
            run.feed(100, "chat", 1L).feed(115, "chat", 2L).watermark(108);
            run.feed(107, "chat", 4L);
            run.feed(95, "chat", 8L);
            run.feed(70, "chat", 16L);
            run.end();
            assertThat(run.rows()).containsExactly(row("chat", 15, 95, 125));
            assertThat(run.rows("late")).containsExactly(DataRecord.of("chat", 16L));
            assertThat(run.times("late")).containsExactly(70L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withinTheAllowedLatenessASessionIsSentAgainAlsoIfItHasGrown(boolean crashing) {
        try (StageRun run = start(10, null, 20, crashing)) {
            run.feed(0, "chat", 1L).watermark(12);
            run.feed(2, "chat", 2L);
            run.feed(9, "chat", 4L);
            run.watermark(37);
            run.feed(9, "chat", 8L);
            run.watermark(38);
            run.feed(9, "chat", 16L);
            run.end();
            assertThat(run.rows().stream().map(row -> row.project(new int[] {1, 2, 3, 4})))
                    .containsExactly(
                            DataRecord.of(1L, Instant.ofEpochMilli(0), Instant.ofEpochMilli(10), 1L),
                            DataRecord.of(3L, Instant.ofEpochMilli(0), Instant.ofEpochMilli(12), 2L),
                            DataRecord.of(7L, Instant.ofEpochMilli(0), Instant.ofEpochMilli(19), 3L),
                            DataRecord.of(15L, Instant.ofEpochMilli(0), Instant.ofEpochMilli(19), 4L));
            assertThat(run.rows("late")).containsExactly(DataRecord.of("chat", 16L));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordThatFailsChangesNoSession(boolean crashing) {
        try (StageRun run = start(10, null, 0, crashing)) {
            run.feed(0, "chat", Long.MAX_VALUE).feed(15, "chat", 1L);
            run.feed(8, "chat", 1L);
            run.end();
            assertThat(run.rows()).containsExactly(row("chat", Long.MAX_VALUE, 0, 10), row("chat", 1, 15, 25));
            assertThat(run.failures()).singleElement().asString().startsWith("overflow: ");
        }
    }

    @Test
    void aRecordWithoutEventTimeFails() {
        try (StageRun run = start(10, null, 0, false)) {
            run.feedRecord(StagePlan.FROM, null, DataRecord.of("chat", 1L));
            assertThat(run.failures()).singleElement().asString().startsWith("no-event-time");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionThatIsLongEnoughEndsAndTheNextRecordBeginsAnother(boolean crashing) {
        try (StageRun run = start(10, 25L, 0, crashing)) {
            run.feed(24, "chat", 4L).feed(8, "chat", 1L).feed(16, "chat", 2L).feed(25, "chat", 8L);
            run.feed(0, "chat", 16L).feed(30, "chat", 32L);
            run.watermark(23);
            run.feed(23, "chat", 64L);
            assertThat(run.rows()).isEmpty();
            run.watermark(24);
            assertThat(run.rows()).containsExactly(row("chat", 87, 0, 25));
            run.end();
            assertThat(run.rows()).hasSize(2).contains(row("chat", 40, 25, 40));
            assertThat(run.rows("late")).isEmpty();
        }
    }

    /** Records that come in time, however disordered, make the sessions that their times alone make. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void sessionsWithALengthAreThoseOfPlainJavaWhateverTheOrder(long seed) {
        Random random = new Random(seed);
        Map<String, List<long[]>> calls = new TreeMap<>();
        try (StageRun run = start(20, 70L, 0, false)) {
            long watermark = Long.MIN_VALUE;
            for (int i = 0; i < 400; i++) {
                long time = i * 8L - random.nextInt(100);
                String channel = random.nextBoolean() ? "chat" : "voice";
                if (time > watermark) {
                    calls.computeIfAbsent(channel, any -> new ArrayList<>()).add(new long[] {time, i});
                    run.feed(time, channel, (long) i);
                }
                if (random.nextInt(6) == 0) {
                    watermark = Math.max(watermark, i * 8L - 60 - random.nextInt(40));
                    run.watermark(watermark);
                }
                if (random.nextInt(15) == 0) {
                    run.crash();
                }
            }
            run.end();
            List<DataRecord> expected = new ArrayList<>();
            calls.forEach((channel, times) -> expected.addAll(sessions(channel, times, 20, 70)));
            assertThat(run.rows()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(run.rows("late")).isEmpty();
            assertThat(expected.stream().filter(row -> !row.get(3).equals(row.get(2))))
                    .hasSizeGreaterThan(20);
        }
    }

    private static List<DataRecord> sessions(String channel, List<long[]> calls, long gap, long longest) {
        calls.sort(Comparator.comparingLong(call -> call[0]));
        List<DataRecord> rows = new ArrayList<>();
        long first = calls.get(0)[0];
        long last = first;
        long total = 0;
        for (long[] call : calls) {
            if (call[0] > last + gap || call[0] >= first + longest) {
                rows.add(row(channel, total, first, Math.min(last + gap, first + longest)));
                first = call[0];
                total = 0;
            }
            last = call[0];
            total += call[1];
        }
        rows.add(row(channel, total, first, Math.min(last + gap, first + longest)));
        return rows;
    }
}
