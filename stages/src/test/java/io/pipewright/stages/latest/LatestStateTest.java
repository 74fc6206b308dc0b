package io.pipewright.stages.latest;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of rows and of records that wait when their declaration is edited. */
class LatestStateTest {

    private static final RecordType CUSTOMER =
            RecordType.of("Customer", Field.of("id", Scalar.STRING), Field.of("score", Scalar.INT));

    private static KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness(
            RecordType type, Backend backend) throws Exception {
        LatestPlan plan = StageRun.plan(
                new LatestType(), new LatestOptions(List.of("id"), Duration.ofMillis(100)), TestPlan.from(type));
        Map<String, RecordType> outputs = new LinkedHashMap<>();
        plan.outputs().forEach(port -> outputs.put(port.name(), port.type()));
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, type), outputs, ErrorPolicy.DEAD_LETTER);
        RecordKeySelector key = new RecordKeySelector(type, List.of("id"));
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                LatestBuilder.operator(plan, build), key, key.getProducedType());
        harness.setStateBackend(backend.open());
        return harness;
    }

    /** A row of c1, and a record of c2 that waits. */
    private static OperatorSubtaskState written(Backend backend) throws Exception {
        try (var before = harness(CUSTOMER, backend)) {
            before.open();
            before.processElement(new StreamRecord<>(DataRecord.of("c1", 1), 10));
            before.processWatermark(20);
            before.processElement(new StreamRecord<>(DataRecord.of("c2", 2), 30));
            return before.snapshot(1, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void addedFieldsAreNullInWhatWasStoredAndNumbersWiden(Backend backend) throws Exception {
        RecordType edited = RecordType.of(
                "Customer",
                Field.nullable("tier", Scalar.STRING),
                Field.of("id", Scalar.STRING),
                Field.of("score", Scalar.LONG));
        try (var after = harness(edited, backend)) {
            after.initializeState(written(backend));
            after.open();
            after.processWatermark(110);
            assertThat(after.extractOutputValues())
                    .containsExactly(DataRecord.of(null, "c2", 2L, "upsert"), DataRecord.of(null, "c1", 1L, "delete"));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aFieldThatMayNotBeNullAndIsNotInStateSendsTheRecordToErrors(Backend backend) throws Exception {
        try (var after = harness(CUSTOMER.with(Field.of("tier", Scalar.STRING)), backend)) {
            after.initializeState(written(backend));
            after.open();
            after.processWatermark(110);
            assertThat(after.extractOutputValues()).isEmpty();
            TestBuild tags = new TestBuild(Map.of(), Map.of(), ErrorPolicy.DEAD_LETTER);
            assertThat(after.getSideOutput(tags.tag(OutputPort.ERRORS)))
                    .extracting(failed ->
                            failed.getValue().get(1) + ": " + failed.getValue().get(2))
                    .containsExactly(
                            "not-in-state: The record was waiting before `tier` was declared.",
                            "not-in-state: The row was stored before `tier` was declared.");
        }
    }
}
