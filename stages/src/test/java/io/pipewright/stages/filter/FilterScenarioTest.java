package io.pipewright.stages.filter;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class FilterScenarioTest {

    private static Scenario scenario() {
        return Scenario.of(
                """
                records:
                  Event:
                    fields: {at: timestamp, customerId: "string?", cost: int}
                  CustomerEvent:
                    fields: {at: timestamp, customerId: string}
                sources:
                  events: {type: test, record: Event, time: at}
                stages:
                  known: {type: filter, from: events, where: 100 / cost > 10, record: CustomerEvent}
                sinks:
                  rows: {type: test, from: known}
                  others: {type: test, from: known.rejected}
                  failures: {type: test, from: known.errors}
                errors: {default: deadLetter}
                """);
    }

    @Test
    void aRecordThatFitsGoesOnNarrowed() {
        scenario()
                .record("events", 1_000, "c1", 2)
                .expect("rows", row("at", 1_000, "customerId", "c1"))
                .expectNothing("others", "failures")
                .verify();
    }

    @Test
    void aRecordThatDoesNotFitIsRejectedWhole() {
        scenario()
                .record("events", 1_000, "c1", 20)
                .expect("others", row("at", 1_000, "customerId", "c1", "cost", 20))
                .expectNothing("rows", "failures")
                .verify();
    }

    @Test
    void aRecordThatCannotBeNarrowedIsAFailureThatNamesTheField() {
        scenario()
                .record("events", 1_000, null, 2)
                .expect(
                        "failures",
                        row(
                                "stage", "known",
                                "code", "cannot-narrow",
                                "reason", "`customerId` is null or missing.",
                                "eventTime", 1_000))
                .expectNothing("rows", "others")
                .verify();
    }

    @Test
    void aRecordBehindTheWatermarkPassesOrIsRejectedAsAnyOther() {
        scenario()
                .record("events", 2_000, "c1", 2)
                .watermark(3_000)
                .record("events", 1_000, "c2", 2)
                .record("events", 500, "c3", 20)
                .expect("rows", row("at", 2_000, "customerId", "c1"), row("at", 1_000, "customerId", "c2"))
                .expect("others", row("at", 500, "customerId", "c3"))
                .expectNothing("failures")
                .verify();
    }

    @Test
    void aConditionWithoutAValueIsAFailure() {
        scenario()
                .record("events", 1_000, "c1", 0)
                .expect("failures", row("stage", "known", "code", "division-by-zero"))
                .expectNothing("rows", "others")
                .verify();
    }
}
