package io.pipewright.stages.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.option.TimeDifference;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.Partitioning;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import io.pipewright.stages.join.JoinOptions.Kind;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JoinTest {

    private static final JoinOptions.Within BOUND = Joins.within(-5, 20);

    private static JoinPlan plan(JoinOptions options) {
        return StageRun.plan(new JoinType(), options, Joins.inputs());
    }

    private static List<String> problems(JoinOptions options, TestPlan inputs) {
        new JoinType().plan(options, inputs);
        return inputs.problems();
    }

    private static List<String> problems(JoinOptions options) {
        return problems(options, Joins.inputs());
    }

    @ParameterizedTest
    @CsvSource({"INNER, false, false", "LEFT, false, true", "RIGHT, true, false", "FULL, true, true"})
    void theFieldsOfAnInputThatMayBeAbsentAreNullable(Kind kind, boolean ofCall, boolean ofSurvey) {
        RecordType rows =
                plan(Joins.options(kind, BOUND, null)).outputs().get(0).type();
        assertThat(rows.fields())
                .containsExactly(new Field("number", Scalar.LONG, ofCall), new Field("score", Scalar.LONG, ofSurvey));
    }

    @Test
    void theLatePortHasTheFormOfAllLatePortsTogether() {
        assertThat(plan(Joins.options(Kind.INNER, BOUND, null)).outputs().get(1))
                .isEqualTo(OutputPort.late(LateRecord.TYPE));
    }

    @Test
    void onlyTheKeysAndWhatSelectedFieldsNeedIsReadAndAllForTheLatePort() {
        JoinPlan plan = plan(Joins.options(Kind.INNER, BOUND, null));
        assertThat(plan.fieldsRead(Map.of(OutputPort.MAIN, Set.of("score"))))
                .isEqualTo(Map.of(Joins.CALLS, Set.of("id"), Joins.SURVEYS, Set.of("about", "score")));
        assertThat(plan.fieldsRead(Map.of(OutputPort.LATE, Set.of("record"))))
                .isEqualTo(
                        Map.of(Joins.CALLS, Set.of("id", "number", "unused"), Joins.SURVEYS, Set.of("about", "score")));
    }

    @Test
    void aRowHoldsTheKeyWhereItIsSelectedFromAnInputThatIsAlwaysThere() {
        Map<String, String> ofCall = Map.of("a", "call.id", "b", "survey.score");
        Partitioning byKey = new Partitioning.ByKey(List.of("a"), false);
        assertThat(plan(Joins.options(Kind.INNER, BOUND, null, ofCall)).partitioning(OutputPort.MAIN))
                .isEqualTo(byKey);
        assertThat(plan(Joins.options(Kind.LEFT, BOUND, null, ofCall)).partitioning(OutputPort.MAIN))
                .isEqualTo(byKey);
        for (Kind unknown : List.of(Kind.RIGHT, Kind.FULL)) {
            assertThat(plan(Joins.options(unknown, BOUND, null, ofCall)).partitioning(OutputPort.MAIN))
                    .isEqualTo(Partitioning.UNKNOWN);
        }
        assertThat(plan(Joins.options(Kind.RIGHT, BOUND, null, Map.of("a", "survey.about")))
                        .partitioning(OutputPort.MAIN))
                .isEqualTo(byKey);
        assertThat(plan(Joins.options(Kind.INNER, BOUND, null, Map.of("a", "orElse(call.id, \"\")")))
                        .partitioning(OutputPort.MAIN))
                .isEqualTo(Partitioning.UNKNOWN);
    }

    @Test
    void theBoundsAreOfTheOtherInputsTimeMinusThatOfTheOneNamedByAfter() {
        assertThat(plan(Joins.options(Kind.INNER, BOUND, null)).meeting()).isEqualTo(new Meeting.Within(-5, 20));
        JoinOptions.Within afterSurvey = new JoinOptions.Within(
                "survey", new TimeDifference(Duration.ofMillis(-5)), new TimeDifference(Duration.ofMillis(20)));
        assertThat(plan(Joins.options(Kind.INNER, afterSurvey, null)).meeting()).isEqualTo(new Meeting.Within(-20, 5));
    }

    @Test
    void onlyARowOfOneRecordSaysWhereItCameFrom() {
        try (StageRun run =
                StageRun.start(new JoinType(), Joins.options(Kind.LEFT, BOUND, null), Joins.inputs(), true)) {
            run.feedTo(Joins.CALLS, 10, "a", 1L, null)
                    .feedTo(Joins.SURVEYS, 11, "a", 2L)
                    .feedTo(Joins.CALLS, 12, "b", 3L, null)
                    .end();
            assertThat(run.rows()).containsExactlyInAnyOrder(DataRecord.of(1L, 2L), DataRecord.of(3L, null));
            assertThat(run.rows())
                    .extracting(DataRecord::origin)
                    .containsExactlyInAnyOrder(null, new Origin("topic", 0, 12));
        }
    }

    @Test
    void theRowsOfAKeyComeInTheOrderOfTheirTimes() {
        try (StageRun run =
                StageRun.start(new JoinType(), Joins.options(Kind.INNER, BOUND, null), Joins.inputs(), true)) {
            run.feedTo(Joins.SURVEYS, 14, "a", 2L)
                    .feedTo(Joins.CALLS, 12, "a", 3L, null)
                    .feedTo(Joins.SURVEYS, 11, "a", 1L)
                    .feedTo(Joins.CALLS, 10, "a", 4L, null)
                    .end();
            assertThat(run.rows())
                    .containsExactly(
                            DataRecord.of(4L, 1L), DataRecord.of(3L, 1L), DataRecord.of(4L, 2L), DataRecord.of(3L, 2L));
            assertThat(run.times(OutputPort.MAIN)).containsExactly(11L, 12L, 14L, 14L);
        }
    }

    @Test
    void aFailureHoldsBothRecords() {
        JoinOptions options = Joins.options(Kind.INNER, BOUND, null, Map.of("each", "call.number / survey.score"));
        try (StageRun run = StageRun.start(new JoinType(), options, Joins.inputs(), true)) {
            run.feedTo(Joins.CALLS, 10, "a", 1L, null)
                    .feedTo(Joins.SURVEYS, 11, "a", 0L)
                    .end();
            assertThat(run.rows()).isEmpty();
            assertThat(run.failures()).singleElement().asString().startsWith("division-by-zero");
            assertThat((String) run.rows(OutputPort.ERRORS).get(0).get(4))
                    .contains("\"call\":{\"id\":\"a\",\"number\":1", "\"survey\":{\"about\":\"a\",\"score\":0}");
        }
    }

    @Test
    void whatTheAuthorGetsWrongIsFound() {
        JoinOptions fine = Joins.options(Kind.INNER, BOUND, null);
        assertThat(problems(fine)).isEmpty();
        assertThat(problems(Joins.options(Kind.INNER, null, null))).containsExactly("missing-option at ");
        assertThat(problems(Joins.options(Kind.INNER, BOUND, Joins.window(5))))
                .containsExactly("conflicting-options at window");
        assertThat(problems(Joins.options(Kind.INNER, Joins.within(6, 5), null)))
                .containsExactly("out-of-range at within.from");
        assertThat(problems(Joins.options(Kind.INNER, null, Joins.sliding(5, 6))))
                .containsExactly("out-of-range at window.slide");
        assertThat(problems(Joins.options(Kind.INNER, null, Joins.sliding(1_001, 1))))
                .containsExactly("out-of-range at window.slide");
        assertThat(problems(Joins.options(Kind.INNER, null, Joins.sliding(1_000, 1))))
                .isEmpty();
        assertThat(problems(Joins.options(Kind.INNER, null, Joins.cumulative(10, 3))))
                .containsExactly("out-of-range at window.step");
        assertThat(problems(Joins.options(Kind.INNER, null, Joins.cumulative(1_001, 1))))
                .containsExactly("out-of-range at window.step");
        assertThat(problems(Joins.options(Kind.INNER, BOUND, null, Map.of()))).containsExactly("empty-map at select");
        assertThat(problems(Joins.options(Kind.INNER, BOUND, null, Map.of("start", "windowStart"))))
                .containsExactly("unknown-field at select.start");
        assertThat(problems(Joins.options(Kind.INNER, BOUND, null, Map.of("a-b", "call.number"))))
                .containsExactly("invalid-field-name at select.a-b:");
        assertThat(problems(keyed(fine, Map.of("call", List.of("id"))))).containsExactly("missing-option at keyBy");
        assertThat(problems(keyed(fine, Map.of("call", List.of("id"), "surveys", List.of("about")))))
                .containsExactly("unknown-input at keyBy.surveys:");
        assertThat(problems(keyed(fine, Map.of("call", List.of("id"), "survey", List.of("score")))))
                .containsExactly("keys-differ at keyBy.survey[0]");
        assertThat(problems(keyed(fine, Map.of("call", List.of(), "survey", List.of()))))
                .containsExactly("empty-list at keyBy.call");
        assertThat(problems(reading(fine, "call"))).containsExactly("not-two-inputs at inputs");
        assertThat(problems(reading(fine, "call", "survey", "third"))).containsExactly("not-two-inputs at inputs");
        assertThat(problems(reading(fine, "windowStart", "survey")))
                .containsExactly("invalid-name at inputs.windowStart:");
    }

    private static JoinOptions keyed(JoinOptions options, Map<String, List<String>> keyBy) {
        return new JoinOptions(
                options.inputs(), keyBy, options.kind(), options.within(), options.window(), options.select());
    }

    private static JoinOptions reading(JoinOptions options, String... names) {
        Map<String, PortRef> inputs = new LinkedHashMap<>();
        for (String name : names) {
            inputs.put(name, new PortRef("calls", Joins.CALLS));
        }
        return new JoinOptions(
                inputs, options.keyBy(), options.kind(), options.within(), options.window(), options.select());
    }
}
