package io.pipewright.stages.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import io.pipewright.stages.harness.StageRun;
import io.pipewright.stages.harness.TestPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What comes of a record by the order of both inputs, in one file because every case is a line of events on the same
 * pipeline, and most run again with a crash after every step.
 */
class EnrichTest {

    private static final RecordType CALL = RecordType.of(
            "Call",
            Field.of("customer", Scalar.STRING),
            Field.of("number", Scalar.LONG),
            Field.nullable("unused", Scalar.STRING));
    private static final RecordType CUSTOMER = RecordType.of(
            "Customer",
            Field.of("id", Scalar.STRING),
            Field.of("tier", Scalar.STRING),
            Field.of("visits", Scalar.LONG));

    private static EnrichOptions options(
            Duration ttl, EnrichOptions.Order order, EnrichOptions.Missing missing, String... add) {
        Map<String, Expression> added = new LinkedHashMap<>();
        for (int i = 0; i < add.length; i += 2) {
            added.put(add[i], new Expression(add[i + 1], "add." + add[i]));
        }
        return new EnrichOptions(
                new PortRef("customers", "with"),
                "known",
                new EnrichOptions.Keys(List.of("customer"), List.of("id")),
                ttl,
                order,
                missing,
                missing == EnrichOptions.Missing.WAIT ? Duration.ofMillis(50) : null,
                null,
                added);
    }

    private static EnrichOptions keeping(Duration ttl) {
        return options(
                ttl, EnrichOptions.Order.EVENT_TIME, EnrichOptions.Missing.KEEP, "tier", "orElse(known.tier, \"?\")");
    }

    private static TestPlan inputs() {
        return TestPlan.from(CALL).input("with", CUSTOMER);
    }

    private static StageRun start(EnrichOptions options, boolean crashing) {
        return StageRun.start(new EnrichType(), options, inputs(), crashing);
    }

    private static void call(StageRun run, long time, String customer, long number) {
        run.feed(time, customer, number, null);
    }

    private static void customer(StageRun run, long time, String id, String tier) {
        run.feedTo("with", time, id, tier, 1L);
    }

    private static DataRecord row(String customer, long number, String tier) {
        return DataRecord.of(customer, number, null, tier);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordGetsWhatWasKnownAtItsOwnTimeOnceTheWatermarkPassesIt(boolean crashing) {
        try (StageRun run = start(keeping(null), crashing)) {
            call(run, 30, "c1", 3);
            call(run, 10, "c1", 1);
            call(run, 20, "c1", 2);
            customer(run, 25, "c1", "GOLD");
            customer(run, 15, "c1", "BASIC");
            customer(run, 20, "c1", "SILVER");
            customer(run, 5, "c2", "OTHER");
            assertThat(run.rows()).isEmpty();
            run.watermark(20);
            assertThat(run.rows()).containsExactly(row("c1", 1, "?"), row("c1", 2, "SILVER"));
            run.watermark(29);
            call(run, 31, "c1", 4);
            run.end();
            assertThat(run.rows())
                    .containsExactly(
                            row("c1", 1, "?"), row("c1", 2, "SILVER"), row("c1", 3, "GOLD"), row("c1", 4, "GOLD"));
            assertThat(run.times(OutputPort.MAIN)).containsExactly(10L, 20L, 30L, 31L);
        }
    }

    private static EnrichOptions waiting(EnrichOptions.Order order) {
        return options(null, order, EnrichOptions.Missing.WAIT, "tier", "known.tier");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRecordWaitsForTheFirstOneOfItsKeyAndKeepsItsOwnTime(boolean crashing) {
        try (StageRun run = start(waiting(EnrichOptions.Order.EVENT_TIME), crashing)) {
            customer(run, 60, "c1", "GOLD");
            call(run, 12, "c1", 2);
            call(run, 10, "c1", 1);
            call(run, 61, "c1", 3);
            customer(run, 40, "c2", "OTHER");
            run.watermark(39);
            customer(run, 50, "c1", "SILVER");
            assertThat(run.rows()).isEmpty();
            run.watermark(70);
            assertThat(run.rows())
                    .containsExactly(row("c1", 1, "SILVER"), row("c1", 2, "SILVER"), row("c1", 3, "GOLD"));
            assertThat(run.times(OutputPort.MAIN)).containsExactly(10L, 12L, 61L);
            run.end();
            assertThat(run.rows("missed")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theWaitIncludesItsEndAndWhatWaitedInVainIsMissedWithAllItsFields(boolean crashing) {
        try (StageRun run = start(waiting(EnrichOptions.Order.EVENT_TIME), crashing)) {
            run.feed(10, "c1", 1L, "x");
            run.feed(9, "c1", 2L, "y");
            run.feed(10, "c2", 3L, null);
            run.watermark(59);
            assertThat(run.rows("missed")).containsExactly(DataRecord.of("c1", 2L, "y"));
            assertThat(run.times("missed")).containsExactly(9L);
            customer(run, 60, "c1", "GOLD");
            customer(run, 61, "c2", "GOLD");
            run.watermark(80);
            assertThat(run.rows()).containsExactly(DataRecord.of("c1", 1L, "x", "GOLD"));
            assertThat(run.rows("missed")).contains(DataRecord.of("c2", 3L, null));
            call(run, 90, "c3", 4);
            run.end();
            assertThat(run.rows("missed")).hasSize(3);
            assertThat(run.times("missed")).containsExactly(9L, 10L, 90L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletedRecordEndsNoWait(boolean crashing) {
        EnrichOptions base = waiting(EnrichOptions.Order.EVENT_TIME);
        Expression deletes = new Expression("tier == \"GONE\"", "deleteWhere");
        EnrichOptions deleting = new EnrichOptions(
                base.with(),
                base.name(),
                base.keyBy(),
                null,
                base.order(),
                base.missing(),
                base.waitUpTo(),
                deletes,
                base.add());
        try (StageRun run = start(deleting, crashing)) {
            customer(run, 5, "c1", "GOLD");
            customer(run, 8, "c1", "GONE");
            call(run, 10, "c1", 1);
            customer(run, 20, "c1", "GONE");
            run.watermark(30);
            assertThat(run.rows()).isEmpty();
            customer(run, 40, "c1", "BACK");
            run.end();
            assertThat(run.rows()).containsExactly(row("c1", 1, "BACK"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void byArrivalAWaitEndsWithWhateverComesFirst(boolean crashing) {
        try (StageRun run = start(waiting(EnrichOptions.Order.ARRIVAL), crashing)) {
            call(run, 10, "c1", 1);
            call(run, 10, "c2", 2);
            customer(run, 3, "c1", "OLD");
            assertThat(run.rows()).containsExactly(row("c1", 1, "OLD"));
            run.watermark(60);
            customer(run, 61, "c2", "TOO LATE");
            assertThat(run.rows()).hasSize(1);
            assertThat(run.rows("missed")).containsExactly(DataRecord.of("c2", 2L, null));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTableThatHasEndedIsKnownWhole(boolean crashing) {
        try (StageRun run = start(keeping(null), crashing)) {
            call(run, 100, "c1", 1);
            customer(run, 0, "c1", "GOLD");
            customer(run, 0, "c2", "SILVER");
            run.watermark("with", Long.MAX_VALUE);
            run.watermark("from", 90);
            assertThat(run.rows()).isEmpty();
            call(run, 95, "c2", 2);
            run.watermark("with", Long.MAX_VALUE);
            run.watermark("from", 100);
            assertThat(run.rows()).containsExactlyInAnyOrder(row("c1", 1, "GOLD"), row("c2", 2, "SILVER"));
        }
    }

    @Test
    void aWaitHasALimitAndALimitNeedsAWait() {
        EnrichOptions base = waiting(EnrichOptions.Order.EVENT_TIME);
        TestPlan endless = inputs();
        new EnrichType()
                .plan(
                        new EnrichOptions(
                                base.with(),
                                base.name(),
                                base.keyBy(),
                                null,
                                base.order(),
                                base.missing(),
                                null,
                                null,
                                base.add()),
                        endless);
        assertThat(endless.problems()).contains("missing-option at missing");
        TestPlan useless = inputs();
        new EnrichType()
                .plan(
                        new EnrichOptions(
                                base.with(),
                                base.name(),
                                base.keyBy(),
                                null,
                                base.order(),
                                EnrichOptions.Missing.DROP,
                                base.waitUpTo(),
                                null,
                                base.add()),
                        useless);
        assertThat(useless.problems()).contains("useless-option at waitUpTo:");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void equalTimesAreDecidedByArrival(boolean crashing) {
        try (StageRun run = start(keeping(null), crashing)) {
            call(run, 10, "c1", 1);
            call(run, 10, "c1", 2);
            customer(run, 10, "c1", "FIRST");
            customer(run, 10, "c1", "SECOND");
            run.end();
            assertThat(run.rows()).containsExactly(row("c1", 1, "SECOND"), row("c1", 2, "SECOND"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lateRecordsOfEitherSideAreToldAsJsonAlsoAfterARestore(boolean crashing) {
        try (StageRun run = start(keeping(null), crashing)) {
            run.watermark(100);
            call(run, 100, "c1", 1);
            customer(run, 90, "c1", "GOLD");
            call(run, 101, "c1", 2);
            run.end();
            assertThat(run.rows()).containsExactly(row("c1", 2, "?"));
            assertThat(run.rows("late")).hasSize(2);
            DataRecord first = run.rows("late").get(0);
            assertThat(first.get(0)).isEqualTo("stage");
            assertThat(first.get(1)).isEqualTo(Instant.ofEpochMilli(100));
            assertThat((String) first.get(2)).contains("\"customer\":\"c1\"");
            assertThat((String) run.rows("late").get(1).get(2)).contains("\"tier\":\"GOLD\"");
            assertThat(run.times("late")).containsExactly(100L, 90L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsRememberedCountsUntilItsTimeToLiveHasPassedInEventTime(boolean crashing) {
        try (StageRun run = start(keeping(Duration.ofMillis(100)), crashing)) {
            customer(run, 0, "c1", "GOLD");
            call(run, 99, "c1", 1);
            call(run, 100, "c1", 2);
            run.watermark(50);
            customer(run, 60, "c2", "GOLD");
            customer(run, 80, "c2", "PLATINUM");
            call(run, 179, "c2", 3);
            call(run, 180, "c2", 4);
            run.watermark(170);
            run.watermark(1_000);
            call(run, 2_000, "c1", 5);
            call(run, 2_000, "c2", 6);
            run.end();
            assertThat(run.rows())
                    .containsExactlyInAnyOrder(
                            row("c1", 1, "GOLD"),
                            row("c1", 2, "?"),
                            row("c2", 3, "PLATINUM"),
                            row("c2", 4, "?"),
                            row("c1", 5, "?"),
                            row("c2", 6, "?"));
        }
    }

    @Test
    void inOrderOfArrivalARecordGetsWhatCameLastAtOnce() {
        try (StageRun run = start(
                options(
                        null,
                        EnrichOptions.Order.ARRIVAL,
                        EnrichOptions.Missing.KEEP,
                        "tier",
                        "orElse(known.tier, \"?\")"),
                true)) {
            call(run, 10, "c1", 1);
            customer(run, 20, "c1", "GOLD");
            customer(run, 15, "c1", "BASIC");
            call(run, 5, "c1", 2);
            assertThat(run.rows()).containsExactly(row("c1", 1, "?"), row("c1", 2, "BASIC"));
        }
    }

    @Test
    void recordsWithoutAnythingRememberedAreDroppedIfAskedAndThenItsFieldsAreNotNull() {
        EnrichOptions options =
                options(null, EnrichOptions.Order.EVENT_TIME, EnrichOptions.Missing.DROP, "tier", "known.tier + \"!\"");
        EnrichPlan plan = StageRun.plan(new EnrichType(), options, inputs());
        assertThat(plan.outputs().get(0).type().field("tier").orElseThrow().nullable())
                .isFalse();
        try (StageRun run = start(options, true)) {
            customer(run, 5, "c1", "GOLD");
            call(run, 4, "c1", 1);
            call(run, 6, "c1", 2);
            run.end();
            assertThat(run.rows()).containsExactly(row("c1", 2, "GOLD!"));
        }
    }

    @Test
    void anAddedFieldReplacesOneOfTheSameNameAndFailsAlone() {
        EnrichOptions options = options(
                null,
                EnrichOptions.Order.EVENT_TIME,
                EnrichOptions.Missing.DROP,
                "number",
                "number / (known.visits - 1)");
        try (StageRun run = start(options, false)) {
            run.feedTo("with", 1, "c1", "GOLD", 1L);
            run.feedTo("with", 1, "c2", "GOLD", 3L);
            call(run, 6, "c1", 8);
            call(run, 7, "c2", 8);
            run.end();
            assertThat(run.rows()).containsExactly(DataRecord.of("c2", 4L, null));
            assertThat(run.failures()).singleElement().asString().startsWith("division-by-zero");
            assertThat(run.rows(OutputPort.ERRORS).get(0).get(3)).isEqualTo(Instant.ofEpochMilli(6));
        }
    }

    @Test
    void onlyWhatIsReadOfFromIsReadAndAllOfWith() {
        EnrichPlan plan = StageRun.plan(new EnrichType(), keeping(null), inputs());
        assertThat(plan.fieldsRead(Map.of(OutputPort.MAIN, Set.of("number", "tier"))))
                .isEqualTo(Map.of("from", Set.of("customer", "number"), "with", Set.of("id", "tier", "visits")));
        assertThat(plan.fieldsRead(Map.of(OutputPort.LATE, Set.of("record"))).get("from"))
                .containsExactlyInAnyOrder("customer", "number", "unused");
        Map<String, RecordType> read =
                Map.of(OutputPort.MAIN, plan.outputs().get(0).type().project(List.of("tier", "number")));
        try (StageRun run = StageRun.start(new EnrichType(), plan, inputs(), read, ErrorPolicy.DEAD_LETTER, true)) {
            customer(run, 1, "c1", "GOLD");
            call(run, 2, "c1", 7);
            run.end();
            assertThat(run.rows()).containsExactly(DataRecord.of(7L, "GOLD"));
        }
    }

    @Test
    void theLatePortHasTheFormOfAllLatePortsTogether() {
        EnrichPlan plan = StageRun.plan(new EnrichType(), keeping(null), inputs());
        assertThat(plan.outputs().get(1).type()).isEqualTo(LateRecord.TYPE);
    }

    @Test
    void whatTheAuthorGetsWrongIsFound() {
        assertThat(problems(named("number"))).containsExactly("duplicate-field at name");
        assertThat(problems(named("vars"))).containsExactly("invalid-name at name");
        assertThat(problems(keyed(List.of("customer"), List.of("visits"))))
                .containsExactly("keys-differ at keyBy.with[0]");
        assertThat(problems(keyed(List.of("customer"), List.of("id", "tier")))).containsExactly("keys-differ at keyBy");
        assertThat(problems(keyed(List.of(), List.of()))).containsExactly("empty-list at keyBy.from");
        assertThat(problems(options(Duration.ofDays(1), EnrichOptions.Order.ARRIVAL, EnrichOptions.Missing.KEEP)))
                .containsExactly("empty-map at add");
        assertThat(problems(options(
                        Duration.ofDays(1),
                        EnrichOptions.Order.ARRIVAL,
                        EnrichOptions.Missing.KEEP,
                        "a-b",
                        "number",
                        "c",
                        "nope")))
                .hasSize(2)
                .contains("invalid-field-name at add.a-b:");
    }

    private static EnrichOptions named(String name) {
        EnrichOptions base = options(null, EnrichOptions.Order.ARRIVAL, EnrichOptions.Missing.KEEP, "n", "number");
        return new EnrichOptions(
                base.with(), name, base.keyBy(), null, base.order(), base.missing(), null, null, base.add());
    }

    private static EnrichOptions keyed(List<String> from, List<String> with) {
        EnrichOptions base = options(null, EnrichOptions.Order.ARRIVAL, EnrichOptions.Missing.KEEP, "n", "number");
        return new EnrichOptions(
                base.with(),
                "known",
                new EnrichOptions.Keys(from, with),
                Duration.ofDays(1),
                base.order(),
                base.missing(),
                null,
                null,
                base.add());
    }

    @Test
    void aWrongTimeToLiveLeavesTheOutputsAsTheyAre() {
        assertThat(new EnrichType().plan(keeping(Duration.ZERO), inputs()))
                .hasValueSatisfying(plan -> assertThat(plan.outputs())
                        .isEqualTo(new EnrichType()
                                .plan(keeping(null), inputs())
                                .orElseThrow()
                                .outputs()));
    }

    private static List<String> problems(EnrichOptions options) {
        TestPlan plan = inputs();
        new EnrichType().plan(options, plan);
        return plan.problems();
    }
}
