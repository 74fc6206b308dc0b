package io.pipewright.stages.cep;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Times;
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
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.LoopContiguity;
import io.pipewright.stages.cep.CepOptions.Matcher;
import io.pipewright.stages.cep.CepOptions.Skip;
import io.pipewright.stages.cep.CepOptions.Step;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What our matcher keeps, and what becomes of it when events are declared anew or the pattern is edited. */
class SequenceStateTest {

    private static final RecordType CALL = RecordType.of(
            "Call",
            Field.of("customer", Scalar.STRING),
            Field.of("status", Scalar.STRING),
            Field.of("number", Scalar.INT));
    private static final RecordType CALL_WITH_AGENT = RecordType.of(
            "Call",
            Field.of("number", Scalar.LONG),
            Field.nullable("agent", Scalar.STRING),
            Field.of("customer", Scalar.STRING),
            Field.of("status", Scalar.STRING));

    private static CepOptions options(int failures) {
        return new CepOptions(
                List.of("customer"),
                List.of(
                        new Step(
                                "failure",
                                new Expression("status == 'F'", "failure"),
                                null,
                                null,
                                failures == 1 ? null : Times.exactly(failures),
                                failures == 1 ? null : LoopContiguity.NEXT,
                                false,
                                false,
                                null,
                                null),
                        new Step(
                                "callback",
                                new Expression("status == 'C'", "callback"),
                                null,
                                Contiguity.NEXT,
                                null,
                                null,
                                false,
                                false,
                                null,
                                null)),
                Duration.ofMillis(100),
                null,
                new CepOptions.AfterMatch(Skip.PAST_LAST, null),
                Matcher.AUTO,
                Map.of("numbers", new Expression("failure.map(f, f.number) + callback.map(c, c.number)", "numbers")));
    }

    private static CepOptions emitting(String numbers) {
        CepOptions options = options(2);
        return new CepOptions(
                options.keyBy(),
                options.steps(),
                options.within(),
                options.withinGap(),
                options.afterMatch(),
                options.matcher(),
                Map.of("numbers", new Expression(numbers, "numbers")));
    }

    private static KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness(
            CepOptions options, RecordType input, Backend backend) throws Exception {
        return harness(options, input, backend, true);
    }

    private static KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness(
            CepOptions options, RecordType input, Backend backend, boolean tellsTimedOut) throws Exception {
        CepPlan plan = StageRun.plan(new CepType(), options, TestPlan.from(input));
        Map<String, RecordType> outputs = new LinkedHashMap<>();
        plan.outputs().forEach(port -> outputs.put(port.name(), port.type()));
        if (!tellsTimedOut) {
            outputs.remove(CepPlan.TIMED_OUT);
        }
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, input), outputs, ErrorPolicy.DEAD_LETTER);
        RecordKeySelector key = new RecordKeySelector(input, List.of("customer"));
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                CepBuilder.operator(plan, build), key, key.getProducedType());
        harness.setStateBackend(backend.open());
        harness.setup(new RecordSerializer(plan.outputs().get(0).type()));
        return harness;
    }

    /** A failure in a partial match, and another one that waits. */
    private static OperatorSubtaskState begunAndWaiting(Backend backend) throws Exception {
        try (var before = harness(options(2), CALL, backend)) {
            before.open();
            before.processElement(new StreamRecord<>(DataRecord.of("c1", "F", 1), 10));
            before.processWatermark(15);
            before.processElement(new StreamRecord<>(DataRecord.of("c1", "F", 2), 20));
            return before.snapshot(1, 1);
        }
    }

    private static List<DataRecord> failed(
            KeyedOneInputStreamOperatorTestHarness<RecordKey, DataRecord, DataRecord> harness) {
        var failed = harness.getSideOutput(
                new TestBuild(Map.of(), Map.of(), ErrorPolicy.DEAD_LETTER).tag(OutputPort.ERRORS));
        return failed == null
                ? List.of()
                : failed.stream().map(StreamRecord::getValue).toList();
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aPartialMatchGoesOnWhenFieldsWereAddedMovedAndWidened(Backend backend) throws Exception {
        try (var after = harness(options(2), CALL_WITH_AGENT, backend)) {
            after.initializeState(begunAndWaiting(backend));
            after.open();
            after.processElement(new StreamRecord<>(DataRecord.of(3L, "ann", "c1", "C"), 30));
            after.processWatermark(50);
            assertThat(after.extractOutputValues()).containsExactly(DataRecord.of(List.of(1L, 2L, 3L)));
            assertThat(failed(after)).isEmpty();
        }
    }

    /** What nobody saw of the failures was null, although their type says that it never is. */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void aMatchThatShowsMoreOfItsEventsThanBeforeIsAFailure(Backend backend) throws Exception {
        OperatorSubtaskState begun;
        try (var before = harness(emitting("callback.map(c, c.number)"), CALL, backend)) {
            before.open();
            before.processElement(new StreamRecord<>(DataRecord.of("c1", "F", null), 10));
            before.processElement(new StreamRecord<>(DataRecord.of("c2", "F", null), 10));
            before.processElement(new StreamRecord<>(DataRecord.of("c1", "F", null), 20));
            before.processElement(new StreamRecord<>(DataRecord.of("c1", "C", 3), 30));
            before.processElement(new StreamRecord<>(DataRecord.of("c2", "F", null), 30));
            before.processWatermark(30);
            assertThat(before.extractOutputValues()).containsExactly(DataRecord.of(List.of(3L)));
            begun = before.snapshot(1, 1);
        }
        try (var after = harness(options(2), CALL, backend)) {
            after.initializeState(begun);
            after.open();
            after.processElement(new StreamRecord<>(DataRecord.of("c2", "C", 4), 40));
            after.processWatermark(50);
            assertThat(after.extractOutputValues()).isEmpty();
            assertThat(failed(after)).singleElement().satisfies(failure -> assertThat(failure.toString())
                    .contains("not-in-state", "`number`"));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aMatchWithAnEventThatLacksWhatMayNotBeNullIsAFailure(Backend backend) throws Exception {
        RecordType withRegion = CALL.with(Field.of("region", Scalar.STRING));
        try (var after = harness(options(2), withRegion, backend)) {
            after.initializeState(begunAndWaiting(backend));
            after.open();
            after.processElement(new StreamRecord<>(DataRecord.of("c1", "C", 3, "EU"), 30));
            after.processWatermark(50);
            assertThat(after.extractOutputValues()).isEmpty();
            assertThat(failed(after)).singleElement().satisfies(failure -> {
                assertThat(failure.get(1)).isEqualTo("not-in-state");
                assertThat((String) failure.get(2)).contains("`region`");
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anEditedPatternBeginsAnewAndNothingIsMistaken(Backend backend) throws Exception {
        try (var after = harness(options(1), CALL, backend)) {
            after.initializeState(begunAndWaiting(backend));
            after.open();
            after.processElement(new StreamRecord<>(DataRecord.of("c1", "C", 3), 30));
            after.processElement(new StreamRecord<>(DataRecord.of("c1", "F", 4), 40));
            after.processElement(new StreamRecord<>(DataRecord.of("c1", "C", 5), 45));
            after.processWatermark(200);
            assertThat(after.extractOutputValues()).containsExactly(DataRecord.of(List.of(4L, 5L)));
            assertThat(failed(after)).singleElement().satisfies(failure -> {
                assertThat(failure.get(1)).isEqualTo("not-in-state");
                assertThat((String) failure.get(4)).contains("\"number\":2");
            });
            assertThat(after.numEventTimeTimers()).isZero();
            after.snapshot(2, 2);
            if (backend == Backend.HEAP) {
                assertThat(after.numKeyedStateEntries()).isZero();
            }
        }
    }

    @Test
    void aKeyHasStateAndATimerOnlyWhileAMatchIsInTheMaking() throws Exception {
        try (var harness = harness(options(2), CALL, Backend.HEAP)) {
            harness.open();
            harness.processElement(new StreamRecord<>(DataRecord.of("c1", "X", 1), 10));
            harness.processElement(new StreamRecord<>(DataRecord.of("c2", "F", 2), 10));
            harness.processElement(new StreamRecord<>(DataRecord.of("c2", "F", 3), 11));
            harness.processWatermark(15);
            harness.snapshot(1, 1);
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            harness.processElement(new StreamRecord<>(DataRecord.of("c2", "X", 4), 20));
            harness.processWatermark(25);
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    /** Partial matches that nobody is told of need no timer before a checkpoint, and go all the same. */
    @Test
    void whatNobodyIsToldOfIsForgottenWithoutATimer() throws Exception {
        try (var harness = harness(options(2), CALL, Backend.HEAP, false)) {
            harness.open();
            harness.processElement(new StreamRecord<>(DataRecord.of("c1", "F", 1), 10));
            harness.processElement(new StreamRecord<>(DataRecord.of("c2", "F", 2), 60));
            harness.processWatermark(70);
            assertThat(harness.numEventTimeTimers()).isZero();
            harness.processWatermark(115);
            harness.snapshot(1, 1);
            assertThat(harness.numEventTimeTimers()).isEqualTo(1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            harness.processElement(new StreamRecord<>(DataRecord.of("c1", "F", 3), 120));
            harness.processElement(new StreamRecord<>(DataRecord.of("c1", "C", 4), 121));
            harness.processWatermark(200);
            harness.snapshot(2, 2);
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.extractOutputValues()).isEmpty();
        }
    }
}
