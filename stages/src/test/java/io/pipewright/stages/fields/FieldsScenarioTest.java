package io.pipewright.stages.fields;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class FieldsScenarioTest {

    private static Scenario scenario(String stage) {
        return Scenario.of(
                """
                records:
                  Call:
                    fields: {at: timestamp, customerId: "string?", seconds: int, cost: double}
                sources:
                  calls: {type: test, record: Call, time: at}
                stages:
                  made:
                    from: calls
                    %s
                sinks:
                  rows: {type: test, from: made}
                  failures: {type: test, from: made.errors}
                errors: {default: deadLetter}
                """
                        .formatted(stage));
    }

    @Test
    void selectHasTheNamedFieldsAndNoOthers() {
        scenario("type: select\n    fields: {customer: 'orElse(customerId, \"nobody\")', minutes: seconds / 60}")
                .record("calls", 1_000, "c1", 180, 0.5)
                .record("calls", 500, null, 59, 0.5)
                .expect("rows", row("customer", "c1", "minutes", 3), row("customer", "nobody", "minutes", 0))
                .expectNothing("failures")
                .verify();
    }

    @Test
    void addKeepsTheFieldsAndReplacesThoseOfTheSameName() {
        scenario("type: add\n    fields: {minutes: seconds / 60, seconds: seconds + 1, known: has(customerId)}")
                .record("calls", 1_000, null, 120, 0.5)
                .expect(
                        "rows",
                        row("at", 1_000, "customerId", null, "seconds", 121, "cost", 0.5, "minutes", 2, "known", false))
                .expectNothing("failures")
                .verify();
    }

    @Test
    void aFieldWithoutAValueIsAFailureOfItsRecordAlone() {
        scenario("type: add\n    fields: {share: 600 / seconds}")
                .record("calls", 1_000, "c1", 0, 0.5)
                .record("calls", 900, "c2", 60, 0.5)
                .expect("rows", row("at", 900, "customerId", "c2", "share", 10))
                .expect("failures", row("stage", "made", "code", "division-by-zero", "eventTime", 1_000))
                .verify();
    }
}
