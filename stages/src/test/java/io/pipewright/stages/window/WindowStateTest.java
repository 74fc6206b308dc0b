package io.pipewright.stages.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
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
        Map<String, RecordType> outputs = new LinkedHashMap<>();
        plan.outputs().forEach(port -> outputs.put(port.name(), port.type()));
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, CALL), outputs, ErrorPolicy.DEAD_LETTER);
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
