package io.pipewright.stages.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.testkit.Emitted;
import io.pipewright.testkit.JobHarness;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random records, out of order and in time, against Flink's own interval join. That one emits a pair when its second
 * record comes and ours when the watermark passes it, so all rows are compared at the end, with their times.
 */
class FlinkJoinTest {

    private static final RecordType ROW =
            RecordType.of("Row", Field.of("number", Scalar.LONG), Field.of("score", Scalar.LONG));

    static Stream<Arguments> cases() {
        return Stream.of(new long[] {-50, 200}, new long[] {0, 0}, new long[] {30, 150}, new long[] {-150, -30})
                .flatMap(bounds ->
                        LongStream.rangeClosed(1, 3).mapToObj(seed -> Arguments.of(bounds[0], bounds[1], seed)));
    }

    @ParameterizedTest(name = "from {0} to {1}, seed {2}")
    @MethodSource("cases")
    void pairsAndTheirTimesAreThoseOfFlink(long from, long to, long seed) {
        Random random = new Random(seed);
        JoinOptions options = Joins.options(JoinOptions.Kind.INNER, Joins.within(from, to), null);
        long watermark = Long.MIN_VALUE;
        try (StageRun ours = StageRun.start(new JoinType(), options, Joins.inputs(), false);
                JobHarness flinks = flink(from, to)) {
            for (int i = 0; i < 400; i++) {
                long now = i * 10L;
                long time = Math.max(watermark + 1, (now - random.nextInt(300)) / 10 * 10);
                String key = "k" + random.nextInt(3);
                boolean call = random.nextBoolean();
                DataRecord record = call ? DataRecord.of(key, (long) i, null) : DataRecord.of(key, (long) i);
                ours.feedRecord(call ? Joins.CALLS : Joins.SURVEYS, time, record);
                flinks.feed(call ? "calls" : "surveys", record, time);
                if (random.nextInt(8) == 0) {
                    watermark = Math.max(watermark, now - random.nextInt(300));
                    ours.watermark(watermark);
                    flinks.watermark("calls", watermark);
                    flinks.watermark("surveys", watermark);
                }
                if (random.nextInt(40) == 0) {
                    ours.crash();
                }
            }
            ours.end();
            flinks.end();
            List<String> expected =
                    flinks.collected("main").stream().map(FlinkJoinTest::text).toList();
            assertThat(ours.emitted("").stream().map(FlinkJoinTest::text))
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .isNotEmpty();
        }
    }

    private static String text(Emitted emitted) {
        return emitted.value() + " at " + emitted.eventTime();
    }

    private static JobHarness flink(long from, long to) {
        StreamExecutionEnvironment environment = StageRun.environment();
        StageRun.collect(
                keyed(environment, "calls", Joins.CALL, DataRecord.of(null, 0L, null), "id")
                        .intervalJoin(keyed(environment, "surveys", Joins.SURVEY, DataRecord.of(null, 0L), "about"))
                        .between(Duration.ofMillis(from), Duration.ofMillis(to))
                        .process(new Pairs(), RecordTypeInfo.of(ROW))
                        .uid("pairs"),
                "main");
        return StageRun.start(environment);
    }

    private static KeyedStream<DataRecord, RecordKey> keyed(
            StreamExecutionEnvironment environment, String source, RecordType type, DataRecord any, String key) {
        RecordKeySelector selector = new RecordKeySelector(type, List.of(key));
        return environment
                .fromData(List.of(any), RecordTypeInfo.of(type))
                .uid(source)
                .keyBy(selector, selector.getProducedType());
    }

    private static final class Pairs extends ProcessJoinFunction<DataRecord, DataRecord, DataRecord> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(DataRecord call, DataRecord survey, Context context, Collector<DataRecord> out) {
            out.collect(DataRecord.of(call.get(1), survey.get(1)));
        }
    }
}
