package io.pipewright.stages.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.HarnessEnvironment;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestBuild;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several subtasks that aggregate before the exchange, each with a watermark of its own, against one that is given every
 * record whole: rows, late records and failures have to be the same.
 */
class PartialsTest {

    private static final int SUBTASKS = 3;

    private static final RecordType CALL = RecordType.of(
            "Call",
            Field.nullable("channel", Scalar.STRING),
            Field.nullable("n", Scalar.INT),
            Field.nullable("cost", Scalar.DECIMAL),
            Field.nullable("spent", Scalar.LONG));

    private static final WindowOptions.Window TUMBLING = new WindowOptions.Tumbling(Duration.ofMillis(10));

    private static WindowPlan plan(WindowOptions.Window window, Duration lateness) {
        Map<String, Expression> aggregates = new LinkedHashMap<>();
        Stream.of(
                        "count()",
                        "sum(n)",
                        "sum(spent)",
                        "sum(cost)",
                        "avg(n)",
                        "min(cost)",
                        "max(channel)",
                        "count(has(n) && n > 3)",
                        "sum(10 / orElse(n, 1))")
                .forEach(call -> aggregates.put("a" + aggregates.size(), new Expression(call, "aggregate")));
        WindowOptions options = new WindowOptions(List.of("channel"), window, lateness, aggregates);
        return StageRun.plan(new WindowType(), options, TestPlan.from(CALL));
    }

    /** Subtasks before the exchange, if any, and the one behind it, for whose watermark the lowest of theirs counts. */
    private static final class Job implements AutoCloseable {
        final WindowPlan plan;
        final TestBuild build;
        final boolean partial;
        final List<OneInputStreamOperatorTestHarness<DataRecord, DataRecord>> before = new ArrayList<>();
        final long[] watermarks = new long[SUBTASKS];
        final boolean[] idle = new boolean[SUBTASKS];
        long highest = Long.MIN_VALUE;
        KeyedTwoInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord, DataRecord> behind;

        Job(WindowPlan plan, boolean partial, List<OperatorSubtaskState> states) throws Exception {
            this.plan = plan;
            this.partial = partial;
            Map<String, RecordType> outputs = new LinkedHashMap<>();
            plan.outputs().forEach(port -> outputs.put(port.name(), port.type()));
            build = new TestBuild(Map.of(StagePlan.FROM, CALL), outputs, ErrorPolicy.DEAD_LETTER);
            java.util.Arrays.fill(watermarks, Long.MIN_VALUE);
            RecordKeySelector whole = new RecordKeySelector(CALL, List.of("channel"));
            behind = new KeyedTwoInputStreamOperatorTestHarness<>(
                    WindowBuilder.panes(plan, build),
                    whole,
                    new RecordKeySelector(plan.partial(), List.of("channel")),
                    whole.getProducedType());
            behind.setup(new RecordSerializer(plan.outputs().get(0).type()));
            if (!states.isEmpty()) {
                behind.initializeState(states.get(states.size() - 1));
            }
            behind.open();
            for (int i = 0; partial && i < SUBTASKS; i++) {
                OneInputStreamOperatorTestHarness<DataRecord, DataRecord> harness =
                        new OneInputStreamOperatorTestHarness<>(
                                WindowBuilder.partials(plan, build), HarnessEnvironment.of(128, SUBTASKS, i));
                harness.setup(new RecordSerializer(plan.partial()));
                if (!states.isEmpty()) {
                    OperatorSubtaskState all = AbstractStreamOperatorTestHarness.repackageState(
                            states.subList(0, SUBTASKS).toArray(OperatorSubtaskState[]::new));
                    harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            all, 128, SUBTASKS, SUBTASKS, i));
                }
                harness.open();
                before.add(harness);
            }
        }

        void record(int subtask, DataRecord record, long time) throws Exception {
            if (partial) {
                before.get(subtask).processElement(record, time);
                pass(subtask);
            } else {
                behind.processElement1(record, time);
            }
        }

        void watermark(int subtask, long time) throws Exception {
            watermarks[subtask] = Math.max(watermarks[subtask], time);
            if (partial) {
                before.get(subtask).processWatermark(time);
                pass(subtask);
            }
            combine();
        }

        void idle(int subtask, boolean is) throws Exception {
            if (idle[subtask] == is) {
                return;
            }
            idle[subtask] = is;
            if (partial) {
                before.get(subtask).processWatermarkStatus(is ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
                pass(subtask);
            }
            combine();
        }

        /** Flink's rule: the lowest watermark of those that are active and have caught up. */
        private void combine() throws Exception {
            long lowest = Long.MAX_VALUE;
            for (int i = 0; i < SUBTASKS; i++) {
                if (!idle[i] && watermarks[i] >= highest) {
                    lowest = Math.min(lowest, watermarks[i]);
                }
            }
            if (lowest != Long.MAX_VALUE && lowest > highest) {
                highest = lowest;
                behind.processBothWatermarks(new Watermark(lowest));
            }
        }

        private void pass(int subtask) throws Exception {
            OneInputStreamOperatorTestHarness<DataRecord, DataRecord> harness = before.get(subtask);
            Queue<StreamRecord<DataRecord>> whole = harness.getSideOutput(WindowBuilder.whole(CALL));
            while (whole != null && !whole.isEmpty()) {
                behind.processElement1(whole.remove());
            }
            for (Object out = harness.getOutput().poll();
                    out != null;
                    out = harness.getOutput().poll()) {
                if (out instanceof StreamRecord<?> partial) {
                    behind.processElement2(new StreamRecord<>((DataRecord) partial.getValue(), partial.getTimestamp()));
                }
            }
        }

        List<OperatorSubtaskState> snapshot() throws Exception {
            List<OperatorSubtaskState> states = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                before.get(i).prepareSnapshotPreBarrier(1);
                pass(i);
                states.add(before.get(i).snapshot(1, 1));
            }
            states.add(behind.snapshot(1, 1));
            return states;
        }

        /** What came out, each as text; compensated sums to a few digits less than they have. */
        List<String> out() {
            List<String> all = new ArrayList<>();
            behind.extractOutputValues().forEach(row -> all.add("row " + row));
            side(behind, OutputPort.LATE, all);
            side(behind, OutputPort.ERRORS, all);
            before.forEach(harness -> side(harness, OutputPort.ERRORS, all));
            return all;
        }

        private void side(AbstractStreamOperatorTestHarness<DataRecord> harness, String port, List<String> all) {
            OutputTag<DataRecord> tag = build.tag(port);
            Queue<StreamRecord<DataRecord>> records = harness.getSideOutput(tag);
            if (records != null) {
                records.forEach(record -> all.add(port + " " + record.getValue()));
            }
        }

        @Override
        public void close() throws Exception {
            for (OneInputStreamOperatorTestHarness<DataRecord, DataRecord> harness : before) {
                harness.close();
            }
            behind.close();
        }
    }

    static Stream<WindowOptions.Window> windows() {
        return Stream.of(
                TUMBLING,
                new WindowOptions.Sliding(Duration.ofMillis(14), Duration.ofMillis(4), Duration.ZERO, null),
                new WindowOptions.Cumulative(Duration.ofMillis(12), Duration.ofMillis(4), Duration.ZERO, null));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void giveTheSameAsEveryRecordAlone(WindowOptions.Window window) throws Exception {
        int late = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            WindowPlan plan = plan(window, Duration.ofMillis(List.of(0, 0, 15).get(random.nextInt(3))));
            boolean idles = random.nextInt(3) == 0;
            List<String> expected = new ArrayList<>();
            List<String> actual = new ArrayList<>();
            Job whole = new Job(plan, false, List.of());
            Job partial = new Job(plan, true, List.of());
            long now = 0;
            for (int step = 0; step < 300; step++) {
                int subtask = random.nextInt(SUBTASKS);
                int kind = random.nextInt(100);
                now += random.nextInt(3);
                if (kind < 70) {
                    DataRecord record = record(random);
                    long time = Math.max(0, now - random.nextInt(random.nextInt(8) == 0 ? 60 : 12));
                    whole.record(subtask, record, time);
                    partial.record(subtask, record, time);
                } else if (kind < 94) {
                    long mark = now - 5 - random.nextInt(10);
                    whole.watermark(subtask, mark);
                    partial.watermark(subtask, mark);
                } else if (kind < 97 && idles) {
                    boolean is = random.nextBoolean();
                    whole.idle(subtask, is);
                    partial.idle(subtask, is);
                } else if (kind == 99) {
                    expected.addAll(whole.out());
                    actual.addAll(partial.out());
                    whole = again(whole);
                    partial = again(partial);
                }
            }
            for (int i = 0; i < SUBTASKS; i++) {
                whole.idle(i, false);
                partial.idle(i, false);
            }
            for (int i = 0; i < SUBTASKS; i++) {
                whole.watermark(i, 100_000);
                partial.watermark(i, 100_000);
            }
            expected.addAll(whole.out());
            actual.addAll(partial.out());
            whole.close();
            partial.close();
            assertThat(actual).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(actual).noneMatch(line -> line.contains("late-partial"));
            late += (int)
                    expected.stream().filter(line -> line.startsWith("late")).count();
        }
        assertThat(late).isGreaterThan(200);
    }

    private static Job again(Job job) throws Exception {
        List<OperatorSubtaskState> states = job.snapshot();
        job.close();
        return new Job(job.plan, job.partial, states);
    }

    private static DataRecord record(Random random) {
        Object[] values = {
            random.nextInt(9) == 0 ? null : List.of("VOICE", "CHAT", "EMAIL").get(random.nextInt(3)),
            random.nextInt(9) == 0 ? null : (Integer) random.nextInt(6),
            random.nextInt(9) == 0 ? null : java.math.BigDecimal.valueOf(random.nextInt(1000), 2),
            random.nextInt(900) == 0 ? (Long) (Long.MAX_VALUE / 1000) : (Long) (long) random.nextInt(100)
        };
        return DataRecord.of(values);
    }

    @Test
    void leaveBeforeABarrierSoThatNoneIsInACheckpoint() throws Exception {
        WindowPlan plan = plan(TUMBLING, Duration.ZERO);
        try (Job job = new Job(plan, true, List.of())) {
            job.record(0, record(new Random(1)), 5);
            assertThat(job.behind.numKeyedStateEntries()).isZero();

            job.snapshot();

            assertThat(job.behind.numKeyedStateEntries()).isEqualTo(1);
        }
    }

    @Test
    void makeFewRecordsOfManyOnlyWhereThatGains() throws Exception {
        RecordType keyed = RecordType.of("Keyed", Field.of("id", Scalar.LONG));
        WindowOptions options = new WindowOptions(
                List.of("id"),
                new WindowOptions.Tumbling(Duration.ofMillis(10)),
                Duration.ZERO,
                Map.of("n", new Expression("count()", "aggregate")));
        WindowPlan plan = StageRun.plan(new WindowType(), options, TestPlan.from(keyed));
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, keyed), Map.of(), ErrorPolicy.DEAD_LETTER);
        try (OneInputStreamOperatorTestHarness<DataRecord, DataRecord> harness =
                new OneInputStreamOperatorTestHarness<>(WindowBuilder.partials(plan, build))) {
            harness.open();
            for (long i = 0; i < 10_000; i++) {
                harness.processElement(DataRecord.of(i % 4), 1);
            }
            harness.processWatermark(0);
            assertThat(harness.extractOutputValues()).hasSize(4);
            assertThat(harness.getSideOutput(WindowBuilder.whole(keyed))).isNull();

            for (long i = 0; i < 20_000; i++) {
                harness.processElement(DataRecord.of(i), 1);
            }
            assertThat(harness.extractOutputValues()).hasSize(4 + 16_384);
            assertThat(harness.getSideOutput(WindowBuilder.whole(keyed))).hasSize(20_000 - 16_384);
        }
    }
}
