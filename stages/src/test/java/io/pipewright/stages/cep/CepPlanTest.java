package io.pipewright.stages.cep;

import static io.pipewright.stages.cep.WrittenPattern.CALL;
import static io.pipewright.stages.cep.WrittenPattern.alerts;
import static io.pipewright.stages.cep.WrittenPattern.by;
import static io.pipewright.stages.cep.WrittenPattern.options;
import static io.pipewright.stages.cep.WrittenPattern.step;
import static io.pipewright.stages.cep.WrittenPattern.steps;
import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.stages.cep.CepOptions.Contiguity;
import io.pipewright.stages.cep.CepOptions.LoopContiguity;
import io.pipewright.stages.cep.CepOptions.Matcher;
import io.pipewright.stages.cep.CepOptions.Step;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code cep} plans: which matcher, which outputs, which fields, and what it refuses. */
class CepPlanTest {

    @Test
    void aPlanSaysWhatMatchesAndWhy() {
        CepPlan own = StageRun.plan(new CepType(), alerts(null), TestPlan.from(CALL));
        assertThat(own.notes()).containsExactly("matcher: sequence (no step looks back)");
        assertThat(own.stateSignature()).startsWith("sequence: ");
        CepPlan flink = StageRun.plan(new CepType(), by(Matcher.FLINK_CEP, alerts(null)), TestPlan.from(CALL));
        assertThat(flink.notes()).containsExactly("matcher: Flink CEP (asked for)");
        assertThat(flink.stateSignature()).isEqualTo(own.stateSignature().replace("sequence: ", "flink: "));
        CepOptions lookingBack = steps(
                step("first", null, null, null, null),
                step("second", "number > first[0].number", Contiguity.NEXT, null, null));
        assertThat(StageRun.plan(new CepType(), lookingBack, TestPlan.from(CALL))
                        .notes())
                .containsExactly("matcher: Flink CEP (`second` looks back)");
        CepOptions any = steps(
                step("first", null, null, null, null), step("second", null, Contiguity.FOLLOWED_BY_ANY, null, null));
        assertThat(StageRun.plan(new CepType(), any, TestPlan.from(CALL)).notes())
                .containsExactly("matcher: Flink CEP (`second` follows by followedByAny)");
    }

    /** Flink CEP sets no timer for it, so what runs out would be told only when the key's next event comes. */
    @Test
    void withAGapNothingIsToldAsTimedOut() {
        CepOptions limited = alerts(Duration.ofSeconds(1));
        CepOptions options = new CepOptions(
                limited.keyBy(),
                List.of(
                        step("first", null, null, null, null),
                        step("second", null, Contiguity.FOLLOWED_BY, null, null)),
                limited.within(),
                Duration.ofMillis(100),
                null,
                Matcher.AUTO,
                Map.of("n", new Expression("size(second)", "emit.n")));
        CepPlan plan = StageRun.plan(new CepType(), options, TestPlan.from(CALL));
        assertThat(plan.outputs()).extracting(OutputPort::name).containsExactly(OutputPort.MAIN, OutputPort.LATE);
        assertThat(plan.notes()).containsExactly("matcher: Flink CEP (`second` has `withinGap`)");
    }

    @Test
    void whatALookBackReadsIsKeptInMatches() {
        CepPlan plan = StageRun.plan(
                new CepType(),
                options(
                        List.of(
                                step("first", "status == \"F\"", null, null, null),
                                step(
                                        "second",
                                        "status == \"C\" && number > first[0].number",
                                        Contiguity.NEXT,
                                        null,
                                        null)),
                        Duration.ofSeconds(1),
                        null,
                        "customer",
                        "second[0].customer"),
                TestPlan.from(CALL));
        Map<String, Set<String>> read = Map.of(OutputPort.MAIN, Set.of("customer"));
        assertThat(plan.matchedFields(read)).containsExactlyInAnyOrder("customer", "status", "number");
        assertThat(plan.fieldsRead(read).get("from")).containsExactlyInAnyOrder("customer", "status", "number");
    }

    @Test
    void withoutALimitNothingTimesOut() {
        CepPlan plan = StageRun.plan(new CepType(), alerts(null), TestPlan.from(CALL));
        assertThat(plan.outputs()).extracting(OutputPort::name).containsExactly(OutputPort.MAIN, OutputPort.LATE);
    }

    @Test
    void whatFlinkAcceptsAndGetsWrongIsFound() {
        Step failure = step("failure", "status == \"F\"", null, null, null);
        assertThat(problems(steps(failure, step("failure", null, Contiguity.NEXT, null, null))))
                .containsExactly("duplicate-id at steps[1].id");
        assertThat(problems(steps(step("status", null, null, null, null))))
                .containsExactly("step-named-like-field at steps[0].id");
        assertThat(problems(steps(step("a", null, Contiguity.NEXT, null, null))))
                .containsExactly("contiguity-of-first-step at steps[0].contiguity:");
        assertThat(problems(steps(failure, step("b", null, null, null, null))))
                .containsExactly("missing-option at steps[1]");
        assertThat(problems(steps(step("a", null, null, new Times(0, 2), null))))
                .containsExactly("optional-step at steps[0].times");
        assertThat(problems(steps(step("a", null, null, null, LoopContiguity.NEXT))))
                .containsExactly("loop-contiguity-of-one at steps[0].loopContiguity:");
        assertThat(problems(steps())).containsExactly("empty-list at steps");
        assertThat(problems(steps(
                        step("a", "size(b) > 1", null, Times.exactly(2), null),
                        step("b", null, Contiguity.NEXT, null, null))))
                .containsExactly("unknown-field at a.where");
        assertThat(problems(steps(
                        failure, step("b", null, Contiguity.NOT_FOLLOWED_BY, Times.exactly(2), LoopContiguity.NEXT))))
                .containsExactly("negated-step at steps[1].times:", "negated-step at steps[1].loopContiguity:");
    }

    @Test
    void aWrongLimitLeavesTheOutputsAsTheyAre() {
        assertThat(new CepType().plan(alerts(Duration.ZERO), TestPlan.from(CALL)))
                .hasValueSatisfying(plan -> assertThat(plan.outputs())
                        .isEqualTo(new CepType()
                                .plan(alerts(Duration.ofSeconds(1)), TestPlan.from(CALL))
                                .orElseThrow()
                                .outputs()));
    }

    private static List<String> problems(CepOptions options) {
        TestPlan plan = TestPlan.from(CALL);
        new CepType().plan(options, plan);
        return plan.problems();
    }
}
