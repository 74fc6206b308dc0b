package io.pipewright.stages.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import io.pipewright.spi.record.RecordKeySelector;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.Backend;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestBuild;
import io.pipewright.stages.harness.TestPlan;
import io.pipewright.stages.join.JoinOptions.Kind;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of a key, how long, and what becomes of it when the pipeline is edited. */
class JoinStateTest {

    private static final RecordType CALL =
            RecordType.of("Call", Field.of("id", Scalar.STRING), Field.of("number", Scalar.INT));
    private static final RecordType WIDER_CALL = RecordType.of(
            "Call",
            Field.nullable("agent", Scalar.STRING),
            Field.of("id", Scalar.STRING),
            Field.of("number", Scalar.LONG));
    private static final RecordType STRICTER_CALL = CALL.with(Field.of("agent", Scalar.STRING));
    private static final RecordType SURVEY =
            RecordType.of("Survey", Field.of("about", Scalar.STRING), Field.of("score", Scalar.LONG));

    private static KeyedTwoInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord, DataRecord> harness(
            Kind kind, RecordType call, Backend backend) throws Exception {
        JoinOptions options = Joins.options(kind, Joins.within(-5, 20), null);
        TestPlan inputs = new TestPlan().input(Joins.CALLS, call).input(Joins.SURVEYS, SURVEY);
        JoinPlan plan = StageRun.plan(new JoinType(), options, inputs);
        TestBuild build = new TestBuild(
                inputs.inputs(), Map.of(OutputPort.MAIN, plan.outputs().get(0).type()), ErrorPolicy.DEAD_LETTER);
        RecordKeySelector key = new RecordKeySelector(call, List.of("id"));
        var harness = new KeyedTwoInputStreamOperatorTestHarness<>(
                JoinBuilder.operator(plan, build),
                key,
                new RecordKeySelector(SURVEY, List.of("about")),
                key.getProducedType());
        harness.setStateBackend(backend.open());
        return harness;
    }

    private static StreamRecord<DataRecord> at(long time, Object... values) {
        return new StreamRecord<>(DataRecord.of(values), time);
    }

    /** One call is kept and has been met, one is kept and has not, one waits. */
    private static OperatorSubtaskState keptAndWaiting(Kind kind, Backend backend) throws Exception {
        try (var before = harness(kind, CALL, backend)) {
            before.open();
            before.processElement1(at(10, "a", 1));
            before.processElement1(at(10, "b", 2));
            before.processElement2(at(12, "a", 5L));
            before.processBothWatermarks(new Watermark(12));
            before.processElement1(at(13, "a", 3));
            return before.snapshot(1, 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void addedFieldsAreNullInWhatWasStoredAndNumbersWiden(Backend backend) throws Exception {
        try (var after = harness(Kind.LEFT, WIDER_CALL, backend)) {
            after.initializeState(keptAndWaiting(Kind.LEFT, backend));
            after.open();
            after.processElement2(at(14, "a", 6L));
            after.processBothWatermarks(new Watermark(100));
            assertThat(after.extractOutputValues())
                    .containsExactlyInAnyOrder(
                            DataRecord.of(3L, 5L),
                            DataRecord.of(1L, 6L),
                            DataRecord.of(3L, 6L),
                            DataRecord.of(2L, null));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aFieldThatMayNotBeNullAndIsNotInStateSendsThePairToErrors(Backend backend) throws Exception {
        try (var after = harness(Kind.INNER, STRICTER_CALL, backend)) {
            after.initializeState(keptAndWaiting(Kind.INNER, backend));
            after.open();
            after.processElement1(at(14, "a", 4, "ann"));
            after.processBothWatermarks(new Watermark(100));
            assertThat(after.extractOutputValues()).containsExactly(DataRecord.of(4L, 5L));
            TestBuild tags = new TestBuild(Map.of(), Map.of(), ErrorPolicy.DEAD_LETTER);
            assertThat(after.getSideOutput(tags.tag(OutputPort.ERRORS)))
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.getValue().get(1)).isEqualTo("not-in-state"));
        }
    }

    @Test
    void whatWasKeptByAnInnerJoinDoesNotComeOutAloneOnceItIsALeftOne() throws Exception {
        try (var after = harness(Kind.LEFT, CALL, Backend.HEAP)) {
            after.initializeState(keptAndWaiting(Kind.INNER, Backend.HEAP));
            after.open();
            after.processElement1(at(40, "c", 9));
            after.processBothWatermarks(new Watermark(100));
            assertThat(after.extractOutputValues())
                    .containsExactlyInAnyOrder(DataRecord.of(3L, 5L), DataRecord.of(9L, null));
        }
    }

    @Test
    void nothingIsKeptOnceTheWatermarkHasPassedAllThatItCouldMeet() throws Exception {
        try (var join = harness(Kind.FULL, CALL, Backend.HEAP)) {
            join.open();
            for (int i = 0; i < 100; i++) {
                join.processElement1(at(i, "k" + i % 7, i));
                join.processElement2(at(i, "k" + i % 11, (long) i));
            }
            join.processBothWatermarks(new Watermark(110));
            assertThat(join.numKeyedStateEntries()).isPositive();
            join.processBothWatermarks(new Watermark(120));
            assertThat(join.numKeyedStateEntries()).isZero();
            assertThat(join.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void watermarksLeaveLaterByAsMuchAsARecordWaitsThatComesOutAlone() throws Exception {
        assertThat(watermarks(Kind.INNER)).containsExactly(100L, Long.MAX_VALUE);
        assertThat(watermarks(Kind.LEFT)).containsExactly(80L, Long.MAX_VALUE);
        assertThat(watermarks(Kind.RIGHT)).containsExactly(95L, Long.MAX_VALUE);
        assertThat(watermarks(Kind.FULL)).containsExactly(80L, Long.MAX_VALUE);
    }

    private static List<Long> watermarks(Kind kind) throws Exception {
        try (var join = harness(kind, CALL, Backend.HEAP)) {
            join.open();
            join.processBothWatermarks(new Watermark(100));
            join.processBothWatermarks(Watermark.MAX_WATERMARK);
            return join.getOutput().stream()
                    .map(each -> ((Watermark) each).getTimestamp())
                    .toList();
        }
    }
}
