package io.pipewright.stages.top;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a ranking when the records' declaration, or the order, is edited. */
class TopStateTest {

    private static final RecordType SCORE =
            RecordType.of("Score", Field.of("game", Scalar.STRING), Field.of("points", Scalar.INT));

    private static KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness(
            RecordType type, String by, Backend backend) throws Exception {
        TopOptions options = new TopOptions(
                List.of("game"),
                2,
                List.of(new TopOptions.Order(new Expression(by, "orderBy[0].by"), TopOptions.Direction.DESCENDING)),
                TopOptions.Ties.FIRST,
                Duration.ofMillis(100));
        TopPlan plan = StageRun.plan(new TopType(), options, TestPlan.from(type));
        Map<String, RecordType> outputs = new LinkedHashMap<>();
        plan.outputs().forEach(port -> outputs.put(port.name(), port.type()));
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, type), outputs, ErrorPolicy.DEAD_LETTER);
        RecordKeySelector key = new RecordKeySelector(type, List.of("game"));
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                TopBuilder.operator(plan, build), key, key.getProducedType());
        harness.setStateBackend(backend.open());
        return harness;
    }

    private static OperatorSubtaskState ranked(Backend backend) throws Exception {
        try (var before = harness(SCORE, "points", backend)) {
            before.open();
            before.processElement(new StreamRecord<>(DataRecord.of("g", 5), 10));
            before.processElement(new StreamRecord<>(DataRecord.of("g", 0), 11));
            before.processWatermark(20);
            assertThat(before.extractOutputValues())
                    .containsExactly(DataRecord.of("g", 5, 1L, "upsert"), DataRecord.of("g", 0, 2L, "upsert"));
            return before.snapshot(1, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void addedFieldsAreNullInWhatWasRankedAndNumbersWiden(Backend backend) throws Exception {
        RecordType edited = RecordType.of(
                "Score",
                Field.nullable("player", Scalar.STRING),
                Field.of("game", Scalar.STRING),
                Field.of("points", Scalar.LONG));
        try (var after = harness(edited, "points", backend)) {
            after.initializeState(ranked(backend));
            after.open();
            after.processElement(new StreamRecord<>(DataRecord.of("ann", "g", 3L), 30));
            after.processWatermark(30);
            assertThat(after.extractOutputValues())
                    .containsExactly(
                            DataRecord.of(null, "g", 0L, 2L, "delete"), DataRecord.of("ann", "g", 3L, 2L, "upsert"));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatCannotBeRankedAnyMoreHasFailed(Backend backend) throws Exception {
        try (var after = harness(SCORE, "100 / points", backend)) {
            after.initializeState(ranked(backend));
            after.open();
            after.processElement(new StreamRecord<>(DataRecord.of("g", 10), 30));
            after.processWatermark(30);
            assertThat(after.extractOutputValues()).containsExactly(DataRecord.of("g", 10, 2L, "upsert"));
            TestBuild tags = new TestBuild(Map.of(), Map.of(), ErrorPolicy.DEAD_LETTER);
            assertThat(after.getSideOutput(tags.tag(OutputPort.ERRORS)))
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.getValue().get(1)).isEqualTo("division-by-zero"));
        }
    }
}
