package io.pipewright.stages.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.testkit.JobHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.co.ProcessJoinFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random records, out of order and in time, against Flink's own interval join and what is in one of Flink's windows. The
 * former emits a pair when its second record comes and ours when the watermark passes it, so all rows are compared at the
 * end, with their times.
 */
class FlinkJoinTest {

    private static final RecordType ROW =
            RecordType.of("Row", Field.of("number", Scalar.LONG), Field.of("score", Scalar.LONG));

    private static final RecordType WINDOW_ROW = ROW.with(Field.of("start", Scalar.TIMESTAMP))
            .with(Field.of("stop", Scalar.TIMESTAMP))
            .with(Field.of("time", Scalar.LONG));
    private static final RecordType EITHER = RecordType.of(
            "Either",
            Field.of("key", Scalar.STRING),
            Field.of("call", Scalar.BOOLEAN),
            Field.of("number", Scalar.LONG),
            Field.of("time", Scalar.LONG));

    static Stream<Arguments> cases() {
        return Stream.of(new long[] {-50, 200}, new long[] {0, 0}, new long[] {30, 150}, new long[] {-150, -30})
                .flatMap(bounds ->
                        LongStream.rangeClosed(1, 3).mapToObj(seed -> Arguments.of(bounds[0], bounds[1], seed)));
    }

    @ParameterizedTest(name = "from {0} to {1}, seed {2}")
    @MethodSource("cases")
    void pairsAndTheirTimesAreThoseOfFlinksIntervalJoin(long from, long to, long seed) {
        try (JobHarness flinks = intervalJoin(from, to)) {
            List<String> ours =
                    ours(Joins.options(JoinOptions.Kind.INNER, Joins.within(from, to), null), seed, flinks, false);
            assertThat(ours).containsExactlyInAnyOrderElementsOf(texts(flinks)).isNotEmpty();
        }
    }

    static Stream<Arguments> windows() {
        return LongStream.rangeClosed(1, 3)
                .boxed()
                .flatMap(seed -> Stream.of(
                        Arguments.of(Joins.window(250), TumblingEventTimeWindows.of(Duration.ofMillis(250)), seed),
                        Arguments.of(Joins.sliding(250, 100), sliding(250, 100), seed),
                        Arguments.of(Joins.sliding(300, 10), sliding(300, 10), seed)));
    }

    private static WindowAssigner<Object, TimeWindow> sliding(long size, long slide) {
        return SlidingEventTimeWindows.of(Duration.ofMillis(size), Duration.ofMillis(slide));
    }

    @ParameterizedTest(name = "{0}, seed {2}")
    @MethodSource("windows")
    void pairsAreThoseOfEachOfFlinksWindows(
            JoinOptions.Window window, WindowAssigner<Object, TimeWindow> assigner, long seed) {
        try (JobHarness flinks = windows(assigner)) {
            List<String> ours =
                    ours(Joins.options(JoinOptions.Kind.INNER, null, window, Joins.select(window)), seed, flinks, true);
            assertThat(ours).containsExactlyInAnyOrderElementsOf(texts(flinks)).isNotEmpty();
        }
    }

    /** Feeds both; the rows of ours, which is crashed now and then. */
    private static List<String> ours(JoinOptions options, long seed, JobHarness flinks, boolean oneStream) {
        Random random = new Random(seed);
        long watermark = Long.MIN_VALUE;
        try (StageRun ours = StageRun.start(new JoinType(), options, Joins.inputs(), false)) {
            for (int i = 0; i < 400; i++) {
                long now = i * 10L;
                long time = Math.max(watermark + 1, (now - random.nextInt(300)) / 10 * 10);
                String key = "k" + random.nextInt(3);
                boolean call = random.nextBoolean();
                DataRecord record = call ? DataRecord.of(key, (long) i, null) : DataRecord.of(key, (long) i);
                ours.feedRecord(call ? Joins.CALLS : Joins.SURVEYS, time, record);
                if (oneStream) {
                    flinks.feed("both", DataRecord.of(key, call, (long) i, time), time);
                } else {
                    flinks.feed(call ? "calls" : "surveys", record, time);
                }
                if (random.nextInt(8) == 0) {
                    watermark = Math.max(watermark, now - random.nextInt(300));
                    ours.watermark(watermark);
                    for (String source : oneStream ? List.of("both") : List.of("calls", "surveys")) {
                        flinks.watermark(source, watermark);
                    }
                }
                if (random.nextInt(40) == 0) {
                    ours.crash();
                }
            }
            ours.end();
            flinks.end();
            return ours.emitted(OutputPort.MAIN).stream()
                    .map(emitted -> emitted.value() + " at " + emitted.eventTime())
                    .toList();
        }
    }

    /** The rows of Flink; those of windows hold the time that the pair has. */
    private static List<String> texts(JobHarness flinks) {
        return flinks.collected("main").stream()
                .map(emitted -> {
                    DataRecord row = (DataRecord) emitted.value();
                    return row.size() == 2
                            ? row + " at " + emitted.eventTime()
                            : row.project(new int[] {0, 1, 2, 3}) + " at " + row.get(4);
                })
                .toList();
    }

    private static JobHarness windows(WindowAssigner<Object, TimeWindow> assigner) {
        StreamExecutionEnvironment environment = StageRun.environment();
        StageRun.collect(
                keyed(environment, "both", EITHER, DataRecord.of("", true, 0L, 0L), "key")
                        .window(assigner)
                        .process(new PairsOfWindow(), RecordTypeInfo.of(WINDOW_ROW))
                        .uid("pairs"),
                "main");
        return StageRun.start(environment);
    }

    private static JobHarness intervalJoin(long from, long to) {
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

    /** Pairs all that Flink has in a window. */
    private static final class PairsOfWindow
            extends ProcessWindowFunction<DataRecord, DataRecord, RecordKey, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(RecordKey key, Context context, Iterable<DataRecord> all, Collector<DataRecord> out) {
            for (DataRecord call : all) {
                for (DataRecord survey : all) {
                    if (Boolean.TRUE.equals(call.get(1)) && Boolean.FALSE.equals(survey.get(1))) {
                        long time = Math.max((Long) call.get(3), (Long) survey.get(3));
                        TimeWindow window = context.window();
                        out.collect(DataRecord.of(
                                call.get(2),
                                survey.get(2),
                                Instant.ofEpochMilli(window.getStart()),
                                Instant.ofEpochMilli(window.getEnd()),
                                time));
                    }
                }
            }
        }
    }
}
