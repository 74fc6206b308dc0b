package io.pipewright.stages.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random records, out of order and late, with crashes between them, against sums in plain Java. */
class WindowOracleTest {

    private static final long SIZE = 1_000;
    private static final RecordType CALL = RecordType.of(
            "Call",
            Field.nullable("channel", Scalar.STRING),
            Field.nullable("seconds", Scalar.LONG),
            Field.of("cost", Scalar.DOUBLE));

    private record Call(long time, String channel, Long seconds, double cost) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void rowsAndLateRecordsAreThoseOfPlainJava(long seed) {
        Random random = new Random(seed);
        Map<List<Object>, List<Call>> groups =
                new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        List<DataRecord> late = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        try (StageRun run = StageRun.start(new WindowType(), options(), TestPlan.from(CALL), false)) {
            for (int i = 0; i < 400; i++) {
                Call call = call(random, i * 20L - 2_000);
                run.feed(call.time, call.channel, call.seconds, call.cost);
                long start = Math.floorDiv(call.time, SIZE) * SIZE;
                if (start + SIZE - 1 <= watermark) {
                    late.add(DataRecord.of(call.channel, call.seconds, call.cost));
                } else {
                    groups.computeIfAbsent(Arrays.asList(call.channel, start), key -> new ArrayList<>())
                            .add(call);
                }
                if (random.nextInt(5) == 0) {
                    watermark = Math.max(watermark, i * 20L - 2_000 - random.nextInt(500));
                    run.watermark(watermark);
                }
                if (random.nextInt(20) == 0) {
                    run.crash();
                }
            }
            run.end();
            assertThat(run.rows())
                    .containsExactlyInAnyOrderElementsOf(groups.entrySet().stream()
                            .map(group -> row(group.getKey(), group.getValue()))
                            .toList());
            assertThat(run.rows("late")).containsExactlyElementsOf(late);
            assertThat(late).isNotEmpty();
        }
    }

    private static Call call(Random random, long now) {
        String[] channels = {"chat", "voice", null};
        Long seconds = random.nextInt(4) == 0 ? null : (Long) random.nextLong(1_000);
        return new Call(
                now - random.nextInt(random.nextInt(10) == 0 ? 3_000 : 300),
                channels[random.nextInt(3)],
                seconds,
                random.nextInt(1_000_000) / 1000.0);
    }

    private static WindowOptions options() {
        Map<String, Expression> aggregates = new LinkedHashMap<>();
        String[] texts = {
            "count()", "sum(seconds)", "avg(seconds)", "min(seconds)", "max(seconds, cost > 500.0)", "sum(cost)"
        };
        for (String text : texts) {
            aggregates.put("a" + aggregates.size(), new Expression(text, "aggregate"));
        }
        return new WindowOptions(
                List.of("channel"), new WindowOptions.Tumbling(Duration.ofMillis(SIZE)), Duration.ZERO, aggregates);
    }

    private static DataRecord row(List<Object> key, List<Call> calls) {
        List<Long> seconds =
                calls.stream().map(Call::seconds).filter(value -> value != null).toList();
        long sum = seconds.stream().mapToLong(Long::longValue).sum();
        Long longest = calls.stream()
                .filter(call -> call.cost > 500.0 && call.seconds != null)
                .map(Call::seconds)
                .max(Long::compare)
                .orElse(null);
        BigDecimal cost =
                calls.stream().map(call -> new BigDecimal(call.cost)).reduce(BigDecimal.ZERO, BigDecimal::add);
        long start = (Long) key.get(1);
        return DataRecord.of(
                key.get(0),
                (long) calls.size(),
                sum,
                seconds.isEmpty() ? null : (Double) ((double) sum / seconds.size()),
                seconds.stream().min(Long::compare).orElse(null),
                longest,
                cost.doubleValue(),
                Instant.ofEpochMilli(start),
                Instant.ofEpochMilli(start + SIZE));
    }
}
