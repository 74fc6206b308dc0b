package io.pipewright.stages.cep;

import static io.pipewright.stages.cep.WrittenPattern.CALL;
import static io.pipewright.stages.cep.WrittenPattern.alerts;
import static io.pipewright.stages.cep.WrittenPattern.by;
import static io.pipewright.stages.cep.WrittenPattern.options;
import static io.pipewright.stages.cep.WrittenPattern.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordTypeInfo;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;
import io.pipewright.spi.type.RecordType;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.Matcher;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestBuild;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CepTest {

    static List<Arguments> ways() {
        return Stream.of(Matcher.values())
                .flatMap(matcher -> Stream.of(Arguments.of(matcher, false), Arguments.of(matcher, true)))
                .toList();
    }

    private static StageRun start(CepOptions options, Matcher matcher, boolean crashing) {
        return StageRun.start(new CepType(), by(matcher, options), TestPlan.from(CALL), crashing);
    }

    private static void call(StageRun run, long time, String customer, String status) {
        run.feed(time, customer, status, time, null);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void threeFailuresThenACallbackIsOneAlertInTheOrderOfEventTime(Matcher matcher, boolean crashing) {
        try (StageRun run = start(alerts(Duration.ofMillis(100)), matcher, crashing)) {
            call(run, 40, "c1", "C");
            call(run, 30, "c1", "F");
            call(run, 10, "c1", "F");
            call(run, 15, "c2", "X");
            call(run, 20, "c1", "F");
            run.watermark(39);
            assertThat(run.rows()).isEmpty();
            run.watermark(40);
            assertThat(run.rows()).containsExactly(DataRecord.of("c1", 3L, 60L));
            assertThat(run.times(OutputPort.MAIN)).containsExactly(40L);
            assertThat(run.rows(OutputPort.ERRORS)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aLateEventMatchesNothingAlsoAfterARestore(Matcher matcher, boolean crashing) {
        try (StageRun run = start(alerts(Duration.ofMillis(100)), matcher, crashing)) {
            call(run, 10, "c1", "F");
            call(run, 30, "c1", "F");
            run.watermark(35);
            call(run, 20, "c1", "F");
            call(run, 35, "c1", "F");
            call(run, 40, "c1", "C");
            run.end();
            assertThat(run.rows()).isEmpty();
            assertThat(run.rows("late"))
                    .containsExactly(DataRecord.of("c1", "F", 20L, null), DataRecord.of("c1", "F", 35L, null));
            assertThat(run.times("late")).containsExactly(20L, 35L);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatRunsOutOfTimeIsToldStepByStep(Matcher matcher, boolean crashing) {
        try (StageRun run = start(alerts(Duration.ofMillis(100)), matcher, crashing)) {
            call(run, 10, "c1", "F");
            call(run, 20, "c1", "F");
            run.watermark(109);
            assertThat(run.rows(CepPlan.TIMED_OUT)).isEmpty();
            run.watermark(110);
            assertThat(run.rows(CepPlan.TIMED_OUT))
                    .containsExactly(DataRecord.of(
                            List.of(DataRecord.of("c1", "F", 10L, null), DataRecord.of("c1", "F", 20L, null)),
                            List.of()));
            assertThat(run.times(CepPlan.TIMED_OUT)).containsExactly(110L);
            run.end();
            assertThat(run.rows(CepPlan.TIMED_OUT)).hasSize(2);
            assertThat(run.times(CepPlan.TIMED_OUT)).containsExactly(110L, 120L);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aConditionThatFailsKeepsTheEventOutOfThePattern(Matcher matcher, boolean crashing) {
        CepOptions options = options(
                List.of(
                        step("first", "status == \"F\"", null, null, null),
                        step("second", "100 / (number - 20) != 0", Contiguity.NEXT, null, null)),
                null,
                null,
                "number",
                "second[0].number");
        try (StageRun run = start(options, matcher, crashing)) {
            call(run, 10, "c1", "F");
            call(run, 20, "c1", "X");
            call(run, 30, "c1", "X");
            run.end();
            assertThat(run.rows()).containsExactly(DataRecord.of(30L));
            assertThat(run.failures()).singleElement().asString().startsWith("division-by-zero");
            assertThat(run.rows(OutputPort.ERRORS).get(0).origin().offset()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aFieldOfAMatchThatFailsIsReportedWithTheLastEvent(Matcher matcher, boolean crashing) {
        CepOptions options = options(
                List.of(
                        step("first", "status == \"F\"", null, null, null),
                        step("second", null, Contiguity.FOLLOWED_BY, null, null)),
                null,
                null,
                "ratio",
                "first[0].number / (second[0].number - 20)");
        try (StageRun run = start(options, matcher, crashing)) {
            call(run, 10, "c1", "F");
            call(run, 20, "c1", "X");
            run.end();
            assertThat(run.rows()).isEmpty();
            assertThat(run.failures()).singleElement().asString().startsWith("division-by-zero");
            DataRecord failure = run.rows(OutputPort.ERRORS).get(0);
            assertThat((String) failure.get(4)).contains("\"number\":20").doesNotContain("condition");
            assertThat(failure.origin().offset()).isEqualTo(20);
        }
    }

    @ParameterizedTest
    @EnumSource(Matcher.class)
    void onlyFieldsOfMatchesConditionsAndKeysAreReadAndTheMatcherKeepsFewer(Matcher matcher) {
        CepPlan plan = StageRun.plan(new CepType(), by(matcher, alerts(null)), TestPlan.from(CALL));
        assertThat(plan.fieldsRead(Map.of(OutputPort.MAIN, Set.of("numbers"))).get("from"))
                .containsExactlyInAnyOrder("customer", "status", "number");
        assertThat(plan.matchedFields(Map.of(OutputPort.MAIN, Set.of("failures"))))
                .containsExactly("customer");
        Map<String, RecordType> read =
                Map.of(OutputPort.MAIN, plan.outputs().get(0).type().project(List.of("failures")));
        try (StageRun run =
                StageRun.start(new CepType(), plan, TestPlan.from(CALL), read, ErrorPolicy.DEAD_LETTER, true)) {
            for (int i = 1; i <= 4; i++) {
                call(run, i, "c1", i < 4 ? "F" : "C");
            }
            run.end();
            assertThat(run.rows()).containsExactly(DataRecord.of(3L));
        }
    }

    @Test
    void theGateAndFlinksMatcherAreOneTask() {
        CepPlan plan =
                StageRun.plan(new CepType(), by(Matcher.FLINK_CEP, alerts(Duration.ofSeconds(1))), TestPlan.from(CALL));
        Map<String, RecordType> read = new LinkedHashMap<>();
        plan.outputs().forEach(port -> read.put(port.name(), port.type()));
        StreamExecutionEnvironment environment = StageRun.environment();
        Streams inputs = Streams.of(
                StagePlan.FROM,
                environment
                        .fromData(List.of(DataRecord.of("", "", 0L, null)), RecordTypeInfo.of(CALL))
                        .uid("source"));
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, CALL), read, ErrorPolicy.DEAD_LETTER);
        new CepBuilder()
                .build(plan, inputs, build)
                .byName()
                .forEach((port, stream) -> StageRun.collect(stream, port.isEmpty() ? "main" : port));
        assertThat(environment.getStreamGraph().getJobGraph().getVertices())
                .anySatisfy(task -> assertThat(task.getName()).contains("stage gate", "stage flink"));
    }

    @ParameterizedTest
    @EnumSource(Matcher.class)
    void aClusterRunsItWithoutGenericTypes(Matcher matcher) throws Exception {
        CepPlan plan = StageRun.plan(new CepType(), by(matcher, alerts(Duration.ofSeconds(1))), TestPlan.from(CALL));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(
                new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
        environment.setParallelism(1);
        List<DataRecord> events = List.of(
                DataRecord.of("c1", "F", 1L, null),
                DataRecord.of("c1", "F", 2L, null),
                DataRecord.of("c1", "F", 3L, null),
                DataRecord.of("c1", "C", 4L, null));
        Streams inputs = Streams.of(
                StagePlan.FROM,
                environment
                        .fromData(events, RecordTypeInfo.of(CALL))
                        .assignTimestampsAndWatermarks(WatermarkStrategy.<DataRecord>forMonotonousTimestamps()
                                .withTimestampAssigner((event, before) -> (Long) event.get(2))));
        Map<String, RecordType> read =
                Map.of(OutputPort.MAIN, plan.outputs().get(0).type());
        TestBuild build = new TestBuild(Map.of(StagePlan.FROM, CALL), read, ErrorPolicy.DEAD_LETTER);
        Streams outputs = new CepBuilder().build(plan, inputs, build);
        assertThat(outputs.get(OutputPort.MAIN).executeAndCollect(10)).containsExactly(DataRecord.of("c1", 3L, 6L));
    }
}
