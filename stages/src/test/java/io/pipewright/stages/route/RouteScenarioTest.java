package io.pipewright.stages.route;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class RouteScenarioTest {

    private static Scenario scenario(String mode) {
        return Scenario.of(
                """
                records:
                  Event:
                    fields: {at: timestamp, kind: string, customerId: "string?", cost: "long?"}
                  Customer:
                    fields: {customerId: string}
                sources:
                  events: {type: test, record: Event, time: at}
                stages:
                  routing:
                    type: route
                    from: events
                    mode: %s
                    routes:
                      - {id: customers, where: 'kind == "customer"', record: Customer}
                      - {id: expensive, where: 'orElse(cost, 0) > 100'}
                sinks:
                  customers: {type: test, from: routing.customers}
                  expensive: {type: test, from: routing.expensive}
                  others: {type: test, from: routing.rejected}
                  failures: {type: test, from: routing.errors}
                errors: {default: deadLetter}
                """
                        .formatted(mode));
    }

    @Test
    void theFirstRuleThatTakesARecordGetsIt() {
        scenario("first")
                .record("events", 1_000, "customer", "c1", 500)
                .expect("customers", row("customerId", "c1"))
                .record("events", 2_000, "call", "c1", 500)
                .expect("expensive", row("at", 2_000, "kind", "call", "customerId", "c1", "cost", 500))
                .expectNothing("customers", "others", "failures")
                .verify();
    }

    @Test
    void allRulesThatTakeARecordGetItWhereTheModeSaysSo() {
        scenario("all")
                .record("events", 1_000, "customer", "c1", 500)
                .expect("customers", row("customerId", "c1"))
                .expect("expensive", row("kind", "customer", "cost", 500))
                .expectNothing("others", "failures")
                .verify();
    }

    @Test
    void whatNoRuleTakesIsRejected() {
        scenario("first")
                .record("events", 1_000, "call", null, null)
                .expect("others", row("at", 1_000, "kind", "call", "customerId", null, "cost", null))
                .expectNothing("customers", "expensive", "failures")
                .verify();
    }

    @Test
    void aRecordBehindTheWatermarkTakesTheSameWay() {
        scenario("first")
                .record("events", 2_000, "call", "c1", 500)
                .watermark(3_000)
                .record("events", 1_000, "call", "c2", 500)
                .record("events", 500, "customer", "c3", null)
                .expect("expensive", row("at", 2_000), row("at", 1_000))
                .expect("customers", row("customerId", "c3"))
                .expectNothing("others", "failures")
                .verify();
    }

    @Test
    void whatCannotBeNarrowedIsAFailureThatNamesTheField() {
        scenario("first")
                .record("events", 1_000, "customer", null, 1)
                .expect(
                        "failures",
                        row("stage", "routing", "code", "cannot-narrow", "reason", "`customerId` is null or missing."))
                .expectNothing("customers", "expensive", "others")
                .verify();
    }
}
