package io.pipewright.stages.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ErrorPolicy;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DedupeTest {

    private static final long TTL = 300;
    private static final RecordType EVENT = RecordType.of(
            "Event",
            Field.of("key", Scalar.STRING),
            Field.of("number", Scalar.LONG),
            Field.nullable("note", Scalar.STRING));

    private static DedupeOptions options(List<String> keyBy, Duration ttl) {
        return new DedupeOptions(keyBy, ttl);
    }

    private static DedupePlan plan() {
        return StageRun.plan(new DedupeType(), options(List.of("key"), Duration.ofMillis(TTL)), TestPlan.from(EVENT));
    }

    private record Fed(long time, String key, long number) {
        DataRecord row() {
            return DataRecord.of(key, number, null);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void randomRecordsOutOfOrderAndLateWithCrashesGiveWhatPlainJavaGives(long seed) {
        Random random = new Random(seed);
        boolean expiring = seed % 2 == 0;
        List<Fed> accepted = new ArrayList<>();
        List<DataRecord> late = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        DedupeOptions options = options(List.of("key"), expiring ? Duration.ofMillis(TTL) : null);
        try (StageRun run =
                expiring ? StageRun.start(new DedupeType(), options, TestPlan.from(EVENT), false) : forGood(options)) {
            for (int i = 0; i < 400; i++) {
                Fed fed = new Fed((i * 10L - random.nextInt(200)) / 10 * 10, "k" + random.nextInt(12), i);
                run.feed(fed.time, fed.key, fed.number, null);
                if (fed.time <= watermark) {
                    late.add(fed.row());
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
            List<DataRecord> passed = new ArrayList<>();
            List<DataRecord> duplicates = new ArrayList<>();
            decide(accepted, expiring, passed, duplicates);
            assertThat(run.rows()).containsExactlyInAnyOrderElementsOf(passed);
            assertThat(run.rows("duplicates")).containsExactlyInAnyOrderElementsOf(duplicates);
            assertThat(run.rows("late")).containsExactlyElementsOf(late).isNotEmpty();
            assertThat(passed).hasSizeGreaterThanOrEqualTo(12);
            assertThat(run.failures()).isEmpty();
        }
    }

    private static StageRun forGood(DedupeOptions options) {
        TestPlan context = TestPlan.from(EVENT);
        DedupePlan plan = new DedupeType().plan(options, context).orElseThrow();
        assertThat(context.problems()).containsExactly("warning unbounded-state at ");
        Map<String, RecordType> read = new HashMap<>();
        plan.outputs().forEach(port -> read.put(port.name(), port.type()));
        return StageRun.start(new DedupeType(), plan, context, read, ErrorPolicy.DEAD_LETTER, false);
    }

    private static void decide(
            List<Fed> accepted, boolean expiring, List<DataRecord> passed, List<DataRecord> duplicates) {
        Map<String, Long> last = new HashMap<>();
        accepted.stream()
                .sorted(Comparator.comparingLong(Fed::time).thenComparingLong(Fed::number))
                .forEach(fed -> {
                    Long before = last.get(fed.key);
                    boolean passes = before == null || expiring && fed.time - before >= TTL;
                    (passes ? passed : duplicates).add(fed.row());
                    if (passes) {
                        last.put(fed.key, fed.time);
                    }
                });
    }

    @Test
    void onlyWhatIsReadWaits() {
        assertThat(plan().fieldsRead(Map.of(OutputPort.MAIN, Set.of("number"))))
                .isEqualTo(Map.of("from", Set.of("key", "number")));
        Map<String, RecordType> read = Map.of(OutputPort.MAIN, EVENT.project(List.of("number")));
        try (StageRun run =
                StageRun.start(new DedupeType(), plan(), TestPlan.from(EVENT), read, ErrorPolicy.DEAD_LETTER, true)) {
            run.feed(2, "k", 2L, "two").feed(1, "k", 1L, "one").watermark(5);
            assertThat(run.rows()).containsExactly(DataRecord.of(1L));
            assertThat(run.times(OutputPort.MAIN)).containsExactly(1L);
        }
    }

    @Test
    void aRecordWithoutAnEventTimeIsAFailure() {
        try (StageRun run = StageRun.start(
                new DedupeType(), options(List.of("key"), Duration.ofMillis(TTL)), TestPlan.from(EVENT), true)) {
            run.feedRecord("from", null, DataRecord.of("k", 1L, null));
            assertThat(run.failures()).containsExactly("no-event-time: The record has no event time.");
        }
    }

    @Test
    void theRecordsStayWithTheirKeysInTheirOrder() {
        assertThat(plan().partitioning(OutputPort.MAIN)).isEqualTo(new Partitioning.ByKey(List.of("key"), true));
        assertThat(plan().partitioning(OutputPort.LATE)).isEqualTo(Partitioning.UNKNOWN);
    }

    @Test
    void keysThatAreNoneAreRefused() {
        TestPlan context = TestPlan.from(EVENT);
        new DedupeType().plan(options(List.of(), Duration.ofMillis(TTL)), context);
        new DedupeType().plan(options(List.of("note"), Duration.ofMillis(TTL)), context);
        new DedupeType().plan(options(List.of("nothing"), Duration.ofMillis(TTL)), context);
        assertThat(context.problems()).containsExactly("empty-list at keyBy", "bad-key at keyBy", "bad-key at keyBy");
    }
}
