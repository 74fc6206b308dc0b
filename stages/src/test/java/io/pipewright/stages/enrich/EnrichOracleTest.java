package io.pipewright.stages.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.OutputPort;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random records of both sides, out of order and late, with crashes between them, against plain Java. */
class EnrichOracleTest {

    private static final long TTL = 700;
    private static final RecordType CALL =
            RecordType.of("Call", Field.of("customer", Scalar.STRING), Field.of("number", Scalar.LONG));
    private static final RecordType CUSTOMER =
            RecordType.of("Customer", Field.of("id", Scalar.STRING), Field.of("version", Scalar.LONG));

    private record Fed(boolean call, long time, String key, long number) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRecordGetsTheVersionOfItsOwnTime(long seed) {
        Random random = new Random(seed);
        List<Fed> accepted = new ArrayList<>();
        int late = 0;
        long watermark = Long.MIN_VALUE;
        boolean expiring = seed % 2 == 0;
        TestPlan inputs = TestPlan.from(CALL).input("with", CUSTOMER);
        try (StageRun run = StageRun.start(new EnrichType(), options(expiring), inputs, false)) {
            for (int i = 0; i < 500; i++) {
                long now = i * 10L;
                boolean call = random.nextBoolean();
                long time = now - random.nextInt(random.nextInt(10) == 0 ? 1_000 : 200);
                Fed fed = new Fed(call, time / 10 * 10, "c" + random.nextInt(4), i);
                run.feedTo(call ? "from" : "with", fed.time, fed.key, fed.number);
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
            assertThat(run.rows()).containsExactlyInAnyOrderElementsOf(expected(accepted, expiring));
            assertThat(run.rows("late")).hasSize(late);
            assertThat(late).isPositive();
            for (int key = 0; key < 4; key++) {
                assertThat(timesOf(run, "c" + key)).isSorted();
            }
        }
    }

    private static List<Long> timesOf(StageRun run, String key) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < run.rows().size(); i++) {
            if (key.equals(run.rows().get(i).get(0))) {
                times.add(run.times(OutputPort.MAIN).get(i));
            }
        }
        return times;
    }

    private static List<DataRecord> expected(List<Fed> accepted, boolean expiring) {
        return accepted.stream()
                .filter(Fed::call)
                .map(call -> DataRecord.of(
                        call.key,
                        call.number,
                        accepted.stream()
                                .filter(each -> !each.call && each.key.equals(call.key) && each.time <= call.time)
                                .max(Comparator.comparingLong(Fed::time).thenComparingLong(Fed::number))
                                .filter(found -> !expiring || call.time - found.time < TTL)
                                .map(Fed::number)
                                .orElse(null)))
                .toList();
    }

    private static EnrichOptions options(boolean expiring) {
        return new EnrichOptions(
                new PortRef("customers", "with"),
                "known",
                new EnrichOptions.Keys(List.of("customer"), List.of("id")),
                expiring ? Duration.ofMillis(TTL) : null,
                EnrichOptions.Order.EVENT_TIME,
                EnrichOptions.Missing.KEEP,
                null,
                null,
                Map.of("version", new Expression("known.version", "add.version")));
    }
}
