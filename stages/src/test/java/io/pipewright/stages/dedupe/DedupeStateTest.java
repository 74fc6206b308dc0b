package io.pipewright.stages.dedupe;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.Backend;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestBuild;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is remembered of a key, and how long it lies in state. */
class DedupeStateTest {

    private static final RecordType EVENT =
            RecordType.of("Event", Field.of("id", Scalar.STRING), Field.of("n", Scalar.INT));

    private static KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness(
            RecordType type, Backend backend) throws Exception {
        DedupePlan plan = StageRun.plan(
                new DedupeType(), new DedupeOptions(List.of("id"), Duration.ofMillis(100)), TestPlan.from(type));
        Map<String, RecordType> outputs = new LinkedHashMap<>();
        plan.outputs().forEach(port -> outputs.put(port.name(), port.type()));
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, type), outputs, ErrorPolicy.DEAD_LETTER);
        RecordKeySelector key = new RecordKeySelector(type, List.of("id"));
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                DedupeBuilder.operator(plan, build), key, key.getProducedType());
        harness.setStateBackend(backend.open());
        return harness;
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aKeyIsStillKnownAfterTheRecordHasOtherFields(Backend backend) throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(EVENT, backend)) {
            before.open();
            before.processElement(new StreamRecord<>(DataRecord.of("a", 1), 10));
            before.processWatermark(20);
            before.processElement(new StreamRecord<>(DataRecord.of("b", 2), 30));
            state = before.snapshot(1, 1);
        }
        RecordType edited = RecordType.of(
                "Event",
                Field.of("n", Scalar.LONG),
                Field.nullable("note", Scalar.STRING),
                Field.of("id", Scalar.STRING));
        try (var after = harness(edited, backend)) {
            after.initializeState(state);
            after.open();
            after.processElement(new StreamRecord<>(DataRecord.of(3L, null, "a"), 40));
            after.processElement(new StreamRecord<>(DataRecord.of(4L, null, "b"), 41));
            after.processWatermark(50);
            assertThat(after.extractOutputValues()).containsExactly(DataRecord.of(2L, null, "b"));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void nothingIsLeftOfAKeyWhoseTtlHasPassed(Backend backend) throws Exception {
        try (var harness = harness(EVENT, backend)) {
            harness.open();
            harness.processElement(new StreamRecord<>(DataRecord.of("a", 1), 10));
            harness.processElement(new StreamRecord<>(DataRecord.of("a", 2), 110));
            harness.processWatermark(115);
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
            harness.processWatermark(210);
            assertThat(harness.numEventTimeTimers()).isZero();
            try (var keys =
                    harness.getOperator().getKeyedStateBackend().getKeys(DedupePlan.SEEN, VoidNamespace.INSTANCE)) {
                assertThat(keys).isEmpty();
            }
        }
    }
}
