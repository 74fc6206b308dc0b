package io.pipewright.stages.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static final RecordType EVENT = RecordType.of(
            "Event",
            Field.of("kind", Scalar.STRING),
            Field.nullable("customerId", Scalar.STRING),
            Field.nullable("region", Scalar.STRING),
            Field.of("number", Scalar.LONG));
    private static final RecordType CUSTOMER =
            RecordType.of("Customer", Field.of("customerId", Scalar.STRING), Field.of("region", Scalar.STRING));
    private static final RecordType OTHER = RecordType.of("Other", Field.of("number", Scalar.LONG));

    private static RouteOptions.Rule rule(String id, String where, String record) {
        return new RouteOptions.Rule(
                id,
                where == null ? null : new Expression(where, "routes." + id + ".where"),
                record == null ? null : new RecordRef(record, "routes." + id + ".record"));
    }

    private static TestPlan events() {
        return TestPlan.from(EVENT).record(CUSTOMER).record(OTHER);
    }

    private static StageRun start(RouteOptions.Mode mode, RouteOptions.Rule... rules) {
        return StageRun.start(new RouteType(), new RouteOptions(List.of(rules), mode), events(), true);
    }

    private static List<String> problems(RouteOptions.Rule... rules) {
        TestPlan plan = events();
        new RouteType().plan(new RouteOptions(List.of(rules), RouteOptions.Mode.FIRST), plan);
        return plan.problems();
    }

    @Test
    void theFirstRuleThatTakesARecordGetsItAndTheRemainderGetsTheRest() {
        try (StageRun run = start(
                RouteOptions.Mode.FIRST,
                rule("rest", null, "Other"),
                rule("small", "number < 10", null),
                rule("customers", "kind == \"c\"", "Customer"))) {
            run.feed(1, "c", "c1", "EU", 1L).feed(2, "c", "c2", "US", 20L).feed(3, "x", null, null, 30L);
            assertThat(run.rows("small")).containsExactly(DataRecord.of("c", "c1", "EU", 1L));
            assertThat(run.rows("customers")).containsExactly(DataRecord.of("c2", "US"));
            assertThat(run.times("customers")).containsExactly(2L);
            assertThat(run.rows("rest")).containsExactly(DataRecord.of(30L));
            assertThat(run.rows("rejected")).isEmpty();
        }
    }

    @Test
    void inModeAllEveryRuleThatTakesARecordGetsItAndTheRemainderOnlyWhatNoneTook() {
        try (StageRun run = start(
                RouteOptions.Mode.ALL,
                rule("small", "number < 10", null),
                rule("customers", "kind == \"c\"", "Customer"),
                rule("rest", null, "Other"))) {
            run.feed(1, "c", "c1", "EU", 1L).feed(2, "x", null, null, 2L).feed(3, "x", null, null, 30L);
            assertThat(run.rows("small")).hasSize(2);
            assertThat(run.rows("customers")).containsExactly(DataRecord.of("c1", "EU"));
            assertThat(run.rows("rest")).containsExactly(DataRecord.of(30L));
        }
    }

    @Test
    void whatNoRuleTakesIsRejectedAndWhatCannotBeNarrowedFailsWithTheFieldsNames() {
        try (StageRun run = start(RouteOptions.Mode.FIRST, rule("customers", "kind == \"c\"", "Customer"))) {
            run.feed(1, "x", "c1", "EU", 1L).feed(2, "c", null, null, 1L).feed(3, "c", "c1", null, 1L);
            assertThat(run.rows("rejected")).containsExactly(DataRecord.of("x", "c1", "EU", 1L));
            assertThat(run.rows("customers")).isEmpty();
            assertThat(run.failures())
                    .containsExactly(
                            "cannot-narrow: `customerId`, `region` are null or missing.",
                            "cannot-narrow: `region` is null or missing.");
            assertThat(run.rows(OutputPort.ERRORS).get(0).origin().offset()).isEqualTo(2);
        }
    }

    @Test
    void aConditionThatFailsSendsTheRecordToErrorsAlone() {
        try (StageRun run =
                start(RouteOptions.Mode.ALL, rule("any", "true", null), rule("bad", "10 / number > 1", null))) {
            run.feed(1, "x", null, null, 0L).feed(2, "x", null, null, 5L);
            assertThat(run.rows("any")).hasSize(1);
            assertThat(run.rows("bad")).hasSize(1);
            assertThat(run.failures()).singleElement().asString().startsWith("division-by-zero");
        }
    }

    @Test
    void nullsAreFoundWhetherOrNotThePortOrTheFieldIsRead() {
        RouteOptions options = new RouteOptions(List.of(rule("customers", null, "Customer")), RouteOptions.Mode.FIRST);
        TestPlan context = events();
        RoutePlan plan = StageRun.plan(new RouteType(), options, context);
        assertThat(plan.fieldsRead(Map.of())).containsOnly(Map.entry("from", java.util.Set.of("customerId", "region")));
        Map<String, RecordType> read = Map.of("customers", CUSTOMER.project(List.of("customerId")));
        try (StageRun run = StageRun.start(new RouteType(), plan, context, read, ErrorPolicy.DEAD_LETTER, false)) {
            run.feed(1, "c", "c1", null, 1L).feed(2, "c", "c2", "EU", 1L);
            assertThat(run.rows("customers")).containsExactly(DataRecord.of("c2"));
            assertThat(run.failures()).hasSize(1);
        }
    }

    @Test
    void wrongIdsAndASecondRemainderAreFound() {
        assertThat(problems(rule("errors", "true", null))).containsExactly("reserved-id at routes[0].id");
        assertThat(problems(rule("rejected", "true", null))).containsExactly("reserved-id at routes[0].id");
        assertThat(problems(rule("No", "true", null))).containsExactly("invalid-id at routes[0].id");
        assertThat(problems(rule("a", "true", null), rule("a", "true", null)))
                .containsExactly("duplicate-id at routes[1].id");
        assertThat(problems(rule("a", null, null), rule("b", null, null)))
                .containsExactly("second-remainder at routes[1]");
        assertThat(problems()).containsExactly("empty-list at routes");
    }

    @Test
    void aRecordWithUnknownFieldsOrOtherTypesCannotBeNarrowedTo() {
        TestPlan plan = events().record(RecordType.of("Wide", Field.of("nope", Scalar.STRING)))
                .record(RecordType.of("Typed", Field.of("number", Scalar.INT)));
        RouteOptions options = new RouteOptions(
                List.of(rule("a", "true", "Wide"), rule("b", "nope == 1", "Typed")), RouteOptions.Mode.FIRST);
        assertThat(new RouteType().plan(options, plan)).isEmpty();
        assertThat(plan.problems())
                .hasSize(3)
                .contains("cannot-narrow at routes[0].record", "cannot-narrow at routes[1].record");
    }
}
