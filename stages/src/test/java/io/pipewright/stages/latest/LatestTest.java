package io.pipewright.stages.latest;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatestTest {

    private static final long TTL = 150;
    private static final RecordType EVENT = RecordType.of(
            "Event", Field.nullable("note", Scalar.STRING), Field.of("key", Scalar.STRING), Field.of("n", Scalar.LONG));

    private static LatestOptions options() {
        return new LatestOptions(List.of("key"), Duration.ofMillis(TTL));
    }

    private record Fed(long time, String key, long number) {
        DataRecord row(String op) {
            return DataRecord.of(null, key, number, op);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomRecordsOutOfOrderAndLateWithCrashesGiveTheRowsOfPlainJava(long seed) {
        Random random = new Random(seed);
        List<Fed> accepted = new ArrayList<>();
        int late = 0;
        long watermark = Long.MIN_VALUE;
        try (StageRun run = StageRun.start(new LatestType(), options(), TestPlan.from(EVENT), false)) {
            for (int i = 0; i < 400; i++) {
                Fed fed = new Fed((i * 10L - random.nextInt(200)) / 10 * 10, "k" + random.nextInt(8), i);
                run.feed(fed.time, null, fed.key, fed.number);
                if (fed.time <= watermark) {
                    late++;
                } else {
                    accepted.add(fed);
                }
                if (random.nextInt(6) == 0) {
                    watermark = Math.max(watermark, i * 10L - random.nextInt(250));
                    run.watermark(watermark);
                }
                if (random.nextInt(25) == 0) {
                    run.crash();
                }
            }
            run.end();
            for (int key = 0; key < 8; key++) {
                String name = "k" + key;
                assertThat(run.rows().stream().filter(row -> name.equals(row.get(1))))
                        .containsExactlyElementsOf(expected(accepted, name, watermark));
            }
            assertThat(run.rows()).anySatisfy(row -> assertThat(row.get(3)).isEqualTo("delete"));
            assertThat(run.rows("late")).hasSize(late).isNotEmpty();
        }
    }

    private static List<DataRecord> expected(List<Fed> accepted, String key, long watermark) {
        List<Fed> inOrder = accepted.stream()
                .filter(fed -> fed.key.equals(key))
                .sorted(Comparator.comparingLong(Fed::time).thenComparingLong(Fed::number))
                .toList();
        List<DataRecord> rows = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            Fed fed = inOrder.get(i);
            long next = i + 1 < inOrder.size() ? inOrder.get(i + 1).time : watermark;
            rows.add(fed.row("upsert"));
            if (next - fed.time >= TTL) {
                rows.add(fed.row("delete"));
            }
        }
        return rows;
    }

    @Test
    void aDeletionHasTheTimeAtWhichTheRowExpired() {
        try (StageRun run = StageRun.start(new LatestType(), options(), TestPlan.from(EVENT), true)) {
            run.feed(100, null, "k", 1L).watermark(1_000);
            assertThat(run.times(OutputPort.MAIN)).containsExactly(100L, 100 + TTL);
        }
    }

    @Test
    void itSaysWhatItReadsAndThatItsRowsChange() {
        LatestPlan plan = StageRun.plan(new LatestType(), options(), TestPlan.from(EVENT));
        assertThat(plan.fieldsRead(Map.of(OutputPort.MAIN, Set.of("op", "n"))))
                .isEqualTo(Map.of("from", Set.of("key", "n")));
        assertThat(plan.changes(OutputPort.MAIN)).isTrue();
        assertThat(plan.changes(OutputPort.LATE)).isFalse();
        assertThat(plan.partitioning(OutputPort.MAIN)).isEqualTo(new Partitioning.ByKey(List.of("key"), true));
    }

    @Test
    void wrongOptionsAreRefused() {
        TestPlan context = TestPlan.from(EVENT.with(Field.of("op", Scalar.STRING)));
        new LatestType().plan(new LatestOptions(List.of(), null), context);
        assertThat(context.problems())
                .containsExactly("empty-list at keyBy", "reserved-field at from", "warning unbounded-state at ");
    }
}
