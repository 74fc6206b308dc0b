package io.pipewright.stages.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.PortRef;
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
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of remembered and waiting records when the records' declarations are edited. */
class EnrichStateTest {

    private static final RecordType CALL =
            RecordType.of("Call", Field.of("customer", Scalar.STRING), Field.of("number", Scalar.INT));
    private static final RecordType CALL_WITH_AGENT = RecordType.of(
            "Call",
            Field.nullable("agent", Scalar.STRING),
            Field.of("customer", Scalar.STRING),
            Field.of("number", Scalar.LONG));
    private static final RecordType CUSTOMER =
            RecordType.of("Customer", Field.of("id", Scalar.STRING), Field.of("tier", Scalar.STRING));

    private static KeyedTwoInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord, DataRecord> harness(
            RecordType from, RecordType with, Backend backend) throws Exception {
        return harness(from, with, backend, EnrichOptions.Missing.KEEP, null);
    }

    private static KeyedTwoInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord, DataRecord> harness(
            RecordType from, RecordType with, Backend backend, EnrichOptions.Missing missing, Duration waitUpTo)
            throws Exception {
        EnrichOptions options = new EnrichOptions(
                new PortRef("customers", "with"),
                "known",
                new EnrichOptions.Keys(List.of("customer"), List.of("id")),
                null,
                EnrichOptions.Order.EVENT_TIME,
                missing,
                waitUpTo,
                null,
                Map.of("tier", new Expression("known.tier", "add.tier")));
        EnrichPlan plan =
                StageRun.plan(new EnrichType(), options, TestPlan.from(from).input("with", with));
        Map<String, RecordType> outputs = new LinkedHashMap<>();
        plan.outputs().forEach(port -> outputs.put(port.name(), port.type()));
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, from, "with", with), outputs, ErrorPolicy.DEAD_LETTER);
        RecordKeySelector key = new RecordKeySelector(from, List.of("customer"));
        var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                EnrichBuilder.operator(plan, build),
                key,
                new RecordKeySelector(with, List.of("id")),
                key.getProducedType());
        harness.setStateBackend(backend.open());
        return harness;
    }

    private static OperatorSubtaskState rememberedAndWaiting(Backend backend) throws Exception {
        try (var before = harness(CALL, CUSTOMER, backend)) {
            before.open();
            before.processElement2(new StreamRecord<>(DataRecord.of("c1", "GOLD"), 1));
            before.processElement1(new StreamRecord<>(DataRecord.of("c1", 7), 2));
            return before.snapshot(1, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void addedFieldsAreNullInWhatWasStoredAndNumbersWiden(Backend backend) throws Exception {
        RecordType withRegion = CUSTOMER.with(Field.nullable("region", Scalar.STRING));
        try (var after = harness(CALL_WITH_AGENT, withRegion, backend)) {
            after.initializeState(rememberedAndWaiting(backend));
            after.open();
            after.processElement1(new StreamRecord<>(DataRecord.of("ann", "c1", 8L), 3));
            after.processBothWatermarks(new Watermark(10));
            assertThat(after.extractOutputValues())
                    .containsExactly(DataRecord.of(null, "c1", 7L, "GOLD"), DataRecord.of("ann", "c1", 8L, "GOLD"));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aFieldThatMayNotBeNullAndIsNotInStateSendsTheRecordToErrors(Backend backend) throws Exception {
        RecordType withRegion = CUSTOMER.with(Field.of("region", Scalar.STRING));
        try (var after = harness(CALL, withRegion, backend)) {
            after.initializeState(rememberedAndWaiting(backend));
            after.open();
            after.processElement2(new StreamRecord<>(DataRecord.of("c1", "BASIC", "EU"), 3));
            after.processElement1(new StreamRecord<>(DataRecord.of("c1", 8), 4));
            after.processBothWatermarks(new Watermark(10));
            assertThat(after.extractOutputValues()).containsExactly(DataRecord.of("c1", 8, "BASIC"));
            TestBuild tags = new TestBuild(Map.of(), Map.of(), ErrorPolicy.DEAD_LETTER);
            assertThat(after.getSideOutput(tags.tag(OutputPort.ERRORS)))
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.getValue().get(1)).isEqualTo("not-in-state"));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void watermarksStayBehindByAsLongAsARecordMayWaitAlsoAfterARestore(Backend backend) throws Exception {
        OperatorSubtaskState state;
        try (var before = waiting(backend)) {
            before.open();
            before.processElement1(new StreamRecord<>(DataRecord.of("c1"), 10));
            before.processBothWatermarks(new Watermark(30));
            assertThat(before.getOutput()).containsExactly(new Watermark(-20));
            state = before.snapshot(1, 1);
        }
        try (var after = waiting(backend)) {
            after.initializeState(state);
            after.open();
            after.processElement2(new StreamRecord<>(DataRecord.of("c1", "GOLD"), 60));
            after.processBothWatermarks(new Watermark(60));
            assertThat(after.getOutput())
                    .containsExactly(new StreamRecord<>(DataRecord.of("c1", "GOLD"), 10), new Watermark(10));
        }
    }

    private static KeyedTwoInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord, DataRecord> waiting(
            Backend backend) throws Exception {
        RecordType call = RecordType.of("Call", Field.of("customer", Scalar.STRING));
        return harness(call, CUSTOMER, backend, EnrichOptions.Missing.WAIT, Duration.ofMillis(50));
    }
}
