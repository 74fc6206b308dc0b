package io.pipewright.stages.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import io.pipewright.testkit.JobHarness;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random records, out of order and late, against Flink's own window operator: after every watermark the same rows have
 * been sent, and the same records are late. Ours is crashed and restored between records; Flink's is not, since it then
 * forgets what is late.
 */
class FlinkWindowsTest {

    private static final RecordType CALL = RecordType.of(
            "Call",
            Field.of("channel", Scalar.STRING),
            Field.of("at", Scalar.LONG),
            Field.nullable("n", Scalar.LONG),
            Field.of("weight", Scalar.INT),
            Field.nullable("agent", Scalar.STRING),
            Field.of("flag", Scalar.BOOLEAN));
    private static final OutputTag<DataRecord> LATE = new OutputTag<>("late", RecordTypeInfo.of(CALL));
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** One kind of windows, as ours and as Flink's. */
    private record Kind(WindowOptions.Window ours, WindowAssigner<Object, TimeWindow> flinks, long start, long unit) {}

    private static Kind kind(WindowOptions.Window ours, WindowAssigner<Object, TimeWindow> flinks) {
        return new Kind(ours, flinks, -2_000, 1);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    static Stream<Arguments> kinds() {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        kinds.put(
                "tumbling with an offset",
                kind(
                        new WindowOptions.Tumbling(ms(500), ms(123), null),
                        TumblingEventTimeWindows.of(ms(500), ms(123))));
        kinds.put(
                "sliding",
                kind(
                        new WindowOptions.Sliding(ms(900), ms(300), ms(0), null),
                        SlidingEventTimeWindows.of(ms(900), ms(300))));
        kinds.put(
                "sliding by no divisor, with an offset",
                kind(
                        new WindowOptions.Sliding(ms(1000), ms(300), ms(70), null),
                        SlidingEventTimeWindows.of(ms(1000), ms(300), ms(70))));
        kinds.put(
                "sliding by all of it",
                kind(
                        new WindowOptions.Sliding(ms(400), ms(400), ms(0), null),
                        SlidingEventTimeWindows.of(ms(400), ms(400))));
        kinds.put("session", kind(new WindowOptions.Session(ms(60), null), EventTimeSessionWindows.withGap(ms(60))));
        kinds.put(
                "cumulative",
                kind(
                        new WindowOptions.Cumulative(ms(1000), ms(200), ms(50), null),
                        new Naive(time -> cumulative(time, 1000, 200, 50))));
        long beforeSpring = Instant.parse("2024-03-25T00:00:00Z").toEpochMilli();
        long beforeAutumn = Instant.parse("2024-10-22T00:00:00Z").toEpochMilli();
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        kinds.put(
                "days of a zone in spring",
                new Kind(
                        new WindowOptions.Tumbling(Duration.ofDays(1), ms(0), "Europe/Berlin"),
                        new Naive(time -> days(time, berlin, 1, 1, 0)),
                        beforeSpring,
                        DAY / 400));
        kinds.put(
                "weeks of a zone that slide by two days, from six in the morning on, in autumn",
                new Kind(
                        new WindowOptions.Sliding(
                                Duration.ofDays(7), Duration.ofDays(2), Duration.ofHours(6), "Europe/Berlin"),
                        new Naive(time -> days(time, berlin, 7, 2, 6)),
                        beforeAutumn,
                        DAY / 120));
        return kinds.entrySet().stream()
                .flatMap(kind -> LongStream.rangeClosed(1, 3).boxed().flatMap(seed -> Stream.of(0L, 250L)
                        .map(lateness -> Arguments.of(Named.of(kind.getKey(), kind.getValue()), seed, lateness))));
    }

    private static List<TimeWindow> cumulative(long time, long size, long step, long offset) {
        long start = Math.floorDiv(time - offset, size) * size + offset;
        return LongStream.iterate(start + step, end -> end <= start + size, end -> end + step)
                .filter(end -> end > time)
                .mapToObj(end -> new TimeWindow(start, end))
                .toList();
    }

    /** Tries all days around the moment. */
    private static List<TimeWindow> days(long time, ZoneId zone, int size, int slide, int hour) {
        LocalDate day =
                LocalDateTime.ofInstant(Instant.ofEpochMilli(time), zone).toLocalDate();
        List<TimeWindow> windows = new ArrayList<>();
        for (LocalDate first = day.minusDays(size + 2); first.isBefore(day.plusDays(2)); first = first.plusDays(1)) {
            long start = first.atTime(hour, 0).atZone(zone).toInstant().toEpochMilli();
            long end = first.plusDays(size)
                    .atTime(hour, 0)
                    .atZone(zone)
                    .toInstant()
                    .toEpochMilli();
            if (first.toEpochDay() % slide == 0 && start <= time && time < end) {
                windows.add(new TimeWindow(start, end));
            }
        }
        return windows;
    }

    @ParameterizedTest(name = "{0}, seed {1}, allowed lateness {2}")
    @MethodSource("kinds")
    void rowsAndLateRecordsAreThoseOfFlink(Kind kind, long seed, long allowed) throws Exception {
        Random random = new Random(seed);
        long lateness = allowed * kind.unit;
        try (StageRun ours =
                        StageRun.start(new WindowType(), options(kind.ours, lateness), TestPlan.from(CALL), false);
                JobHarness flinks = flink(kind.flinks, lateness)) {
            long watermark = Long.MIN_VALUE;
            for (int i = 0; i < 300; i++) {
                long now = kind.start + i * 15L * kind.unit;
                int delay = random.nextInt(8) == 0 ? 1_500 : 150;
                long time = now - random.nextInt(delay) / 10 * 10 * kind.unit;
                DataRecord call = call(random, time);
                ours.feedRecord("from", time, call);
                flinks.feed("from", call, time);
                if (random.nextInt(5) == 0) {
                    watermark = Math.max(watermark, now - random.nextInt(300) * kind.unit);
                    ours.watermark(watermark);
                    flinks.watermark("from", watermark);
                }
                assertThat(texts(ours.rows())).isEqualTo(texts(collected(flinks, "main")));
                if (random.nextInt(12) == 0) {
                    ours.crash();
                }
            }
            ours.end();
            flinks.end();
            assertThat(texts(ours.rows())).isEqualTo(texts(collected(flinks, "main")));
            assertThat(ours.rows("late")).isEqualTo(collected(flinks, "late")).isNotEmpty();
            assertThat(ours.failures()).isEmpty();
        }
    }

    private static DataRecord call(Random random, long time) {
        return DataRecord.of(
                random.nextBoolean() ? "chat" : "voice",
                time,
                random.nextInt(4) == 0 ? null : (Long) random.nextLong(20),
                random.nextInt(4),
                random.nextInt(4) == 0 ? null : "agent" + random.nextInt(5),
                random.nextBoolean());
    }

    /** Sorted, and without how often a window has fired, which Flink does not tell. */
    private static List<String> texts(List<DataRecord> rows) {
        int[] shown = IntStream.range(0, PlainAggregates.CALLS.size() + 3).toArray();
        return rows.stream().map(row -> row.project(shown).toString()).sorted().toList();
    }

    private static List<DataRecord> collected(JobHarness job, String sink) {
        return job.collected(sink).stream()
                .map(emitted -> (DataRecord) emitted.value())
                .toList();
    }

    private static WindowOptions options(WindowOptions.Window window, long lateness) {
        Map<String, Expression> aggregates = new LinkedHashMap<>();
        for (String call : PlainAggregates.CALLS) {
            aggregates.put("a" + aggregates.size(), new Expression(call, "aggregate"));
        }
        return new WindowOptions(List.of("channel"), window, ms(lateness), aggregates);
    }

    private static JobHarness flink(WindowAssigner<Object, TimeWindow> assigner, long lateness) {
        StreamExecutionEnvironment environment = StageRun.environment();
        RecordKeySelector key = new RecordKeySelector(CALL, List.of("channel"));
        RecordType row = StageRun.plan(
                        new WindowType(), options(new WindowOptions.Tumbling(ms(1)), 0), TestPlan.from(CALL))
                .outputs()
                .get(0)
                .type();
        SingleOutputStreamOperator<DataRecord> rows = environment
                .fromData(List.of(DataRecord.of("", 0L, 0L, 0, "", false)), RecordTypeInfo.of(CALL))
                .uid("from")
                .keyBy(key, key.getProducedType())
                .window(assigner)
                .allowedLateness(ms(lateness))
                .sideOutputLateData(LATE)
                .process(new Rows(), RecordTypeInfo.of(row))
                .uid("windows");
        StageRun.collect(rows, "main");
        StageRun.collect(rows.getSideOutput(LATE), "late");
        return StageRun.start(environment);
    }

    /** Makes a row of all records of a window, which Flink has kept. */
    private static final class Rows extends ProcessWindowFunction<DataRecord, DataRecord, RecordKey, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(RecordKey key, Context context, Iterable<DataRecord> calls, Collector<DataRecord> out) {
            List<Object> row = new ArrayList<>();
            row.add(key.get(0));
            row.addAll(PlainAggregates.of(
                    StreamSupport.stream(calls.spliterator(), false).toList()));
            row.add(Instant.ofEpochMilli(context.window().getStart()));
            row.add(Instant.ofEpochMilli(context.window().getEnd()));
            out.collect(new DataRecord(row.toArray(), null));
        }
    }

    /** Windows that Flink has no assigner for, by trying. */
    private static final class Naive extends WindowAssigner<Object, TimeWindow> {
        private static final long serialVersionUID = 1L;

        private final Windows windows;

        private interface Windows extends java.io.Serializable {
            List<TimeWindow> of(long time);
        }

        Naive(Windows windows) {
            this.windows = windows;
        }

        @Override
        public Collection<TimeWindow> assignWindows(Object element, long time, WindowAssignerContext context) {
            return windows.of(time);
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Trigger<Object, TimeWindow> getDefaultTrigger() {
            return (Trigger) EventTimeTrigger.create();
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Trigger<Object, TimeWindow> getDefaultTrigger(StreamExecutionEnvironment environment) {
            return (Trigger) EventTimeTrigger.create();
        }

        @Override
        public TypeSerializer<TimeWindow> getWindowSerializer(org.apache.flink.api.common.ExecutionConfig config) {
            return new TimeWindow.Serializer();
        }

        @Override
        public boolean isEventTime() {
            return true;
        }
    }
}
