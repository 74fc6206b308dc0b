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
import io.pipewright.stages.harness.Backend;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestBuild;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of open windows when a pipeline is edited, or runs on with another parallelism. */
class WindowStateTest {

    private static final RecordType CALL =
            RecordType.of("Call", Field.of("channel", Scalar.STRING), Field.of("seconds", Scalar.LONG));

    private static WindowOptions counting(String... aggregates) {
        Map<String, Expression> byName = new LinkedHashMap<>();
        for (int i = 0; i < aggregates.length; i += 2) {
            byName.put(aggregates[i], new Expression(aggregates[i + 1], "aggregate"));
        }
        return new WindowOptions(
                List.of("channel"), new WindowOptions.Tumbling(Duration.ofSeconds(10)), Duration.ZERO, byName);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord, DataRecord> harness(
            WindowOptions options, int parallelism, int subtask) throws Exception {
        WindowPlan plan = StageRun.plan(new WindowType(), options, TestPlan.from(CALL));
        TestBuild build = build(plan);
        RecordKeySelector key = new RecordKeySelector(CALL, List.of("channel"));
        RecordKeySelector group = new RecordKeySelector(plan.partial(), List.of("channel"));
        KeyedTwoInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord, DataRecord> harness =
                new KeyedTwoInputStreamOperatorTestHarness<>(
                        WindowBuilder.panes(plan, build), key, group, key.getProducedType(), 128, parallelism, subtask);
        return harness;
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aResultThatIsAddedStartsEmptyAndTheOthersGoOn(Backend backend) throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(counting("calls", "count()", "longest", "max(seconds)"), 1, 0)) {
            before.setStateBackend(backend.open());
            before.open();
            before.processElement1(DataRecord.of("chat", 7L), 1);
            before.processElement1(DataRecord.of("chat", 5L), 2);
            state = before.snapshot(1, 1);
        }
        try (var after = harness(counting("total", "sum(seconds)", "many", "count()"), 1, 0)) {
            after.setStateBackend(backend.open());
            after.initializeState(state);
            after.open();
            after.processElement1(DataRecord.of("chat", 9L), 3);
            after.processBothWatermarks(new Watermark(9_999));
            assertThat(after.extractOutputValues())
                    .containsExactly(
                            DataRecord.of("chat", 9L, 3L, Instant.ofEpochMilli(0), Instant.ofEpochMilli(10_000)));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatIsKeptOfEveryRecordBelongsToItsArgumentWhenCallsAreAddedAndDropped(Backend backend) throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(
                counting("median", "percentile(seconds, 0.5)", "last", "last(seconds)", "calls", "count()"), 1, 0)) {
            before.setStateBackend(backend.open());
            before.open();
            before.processElement1(DataRecord.of("chat", 7L), 1);
            before.processElement1(DataRecord.of("chat", 5L), 2);
            before.processElement1(DataRecord.of("chat", 7L), 2);
            state = before.snapshot(1, 1);
        }
        WindowOptions edited = counting(
                "long", "countDistinct(seconds, seconds > 5)",
                "different", "countDistinct(seconds)",
                "top", "percentile(seconds, 0.9)",
                "last", "last(seconds)",
                "some", "collect(seconds, 2)");
        try (var after = harness(edited, 1, 0)) {
            after.setStateBackend(backend.open());
            after.setup(new RecordSerializer(StageRun.plan(new WindowType(), edited, TestPlan.from(CALL))
                    .outputs()
                    .get(0)
                    .type()));
            after.initializeState(state);
            after.open();
            after.processElement1(DataRecord.of("chat", 9L), 1);
            after.processBothWatermarks(new Watermark(9_999));
            assertThat(after.extractOutputValues())
                    .containsExactly(DataRecord.of(
                            "chat",
                            1L,
                            3L,
                            9L,
                            7L,
                            List.of(9L),
                            Instant.ofEpochMilli(0),
                            Instant.ofEpochMilli(10_000)));
            if (backend == Backend.HEAP) {
                assertThat(after.numKeyedStateEntries()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void openSessionsEvolveAndWhatTheyKeepBesidesMergesWithThem(Backend backend) throws Exception {
        OperatorSubtaskState state;
        try (var before = sessions("calls", "count()", "median", "percentile(seconds, 0.5)")) {
            before.setStateBackend(backend.open());
            before.open();
            before.processElement(DataRecord.of("chat", 7L), 10);
            before.processElement(DataRecord.of("chat", 5L), 30);
            state = before.snapshot(1, 1);
        }
        try (var after =
                sessions("longest", "max(seconds)", "different", "countDistinct(seconds)", "calls", "count()")) {
            after.setStateBackend(backend.open());
            after.initializeState(state);
            after.open();
            after.processElement(DataRecord.of("chat", 4L), 20);
            after.processElement(DataRecord.of("chat", 4L), 60);
            after.processWatermark(new Watermark(50));
            assertThat(after.extractOutputValues())
                    .containsExactly(
                            DataRecord.of("chat", 4L, 3L, 3L, Instant.ofEpochMilli(10), Instant.ofEpochMilli(40)));
            after.processWatermark(new Watermark(69));
            assertThat(after.extractOutputValues()).hasSize(2);
            if (backend == Backend.HEAP) {
                assertThat(after.numKeyedStateEntries()).isZero();
            }
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> sessions(
            String... aggregates) throws Exception {
        WindowOptions.Session session = new WindowOptions.Session(Duration.ofMillis(10), null);
        WindowOptions options = new WindowOptions(
                List.of("channel"), session, Duration.ZERO, counting(aggregates).aggregate());
        WindowPlan plan = StageRun.plan(new WindowType(), options, TestPlan.from(CALL));
        RecordKeySelector key = new RecordKeySelector(CALL, List.of("channel"));
        return new KeyedOneInputStreamOperatorTestHarness<>(
                WindowBuilder.sessions(plan, build(plan)), key, key.getProducedType());
    }

    private static TestBuild build(WindowPlan plan) {
        Map<String, RecordType> outputs = new LinkedHashMap<>();
        plan.outputs().forEach(port -> outputs.put(port.name(), port.type()));
        return new TestBuild(Map.of(StagePlan.FROM, CALL), outputs, ErrorPolicy.DEAD_LETTER);
    }

    @Test
    void afterARescaleTheLowestWatermarkOfAllSubtasksCounts() throws Exception {
        WindowOptions options = counting("calls", "count()");
        OperatorSubtaskState both;
        try (var first = harness(options, 2, 0);
                var second = harness(options, 2, 1)) {
            first.open();
            second.open();
            first.processBothWatermarks(new Watermark(9_999));
            second.processBothWatermarks(new Watermark(29_999));
            both = AbstractStreamOperatorTestHarness.repackageState(first.snapshot(1, 1), second.snapshot(1, 1));
        }
        OperatorSubtaskState own = AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 2, 1, 0);
        try (var one = harness(options, 1, 0)) {
            one.initializeState(own);
            one.open();
            one.processElement1(DataRecord.of("chat", 1L), 9_000);
            one.processElement1(DataRecord.of("chat", 1L), 11_000);
            one.processBothWatermarks(new Watermark(50_000));
            assertThat(one.extractOutputValues()).hasSize(1);
            TestBuild tags = new TestBuild(Map.of(), Map.of(OutputPort.LATE, CALL), ErrorPolicy.DEAD_LETTER);
            assertThat(one.getSideOutput(tags.tag(OutputPort.LATE))).hasSize(1);
        }
    }
}
