package io.pipewright.stages.cep;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CepScenarioTest {

    private static Scenario scenario(String matcher) {
        return scenario(matcher, "2");
    }

    private static Scenario scenario(String matcher, String times) {
        return Scenario.of(
                """
                records:
                  Event:
                    fields: {at: timestamp, customerId: string, status: string, cost: int}
                sources:
                  events: {type: test, record: Event, time: at}
                stages:
                  repeated:
                    type: cep
                    from: events
                    keyBy: [customerId]
                    steps:
                      - {id: failure, where: 'status == "FAILURE" && 100 / cost > 0', times: TIMES, loopContiguity: next}
                      - {id: callback, where: 'status == "CALLBACK"', contiguity: next}
                    within: 30s
                    matcher: MATCHER
                    afterMatch: {skip: pastLast}
                    emit:
                      customerId: callback[0].customerId
                      failures: size(failure)
                      first: failure[0].at
                sinks:
                  rows: {type: test, from: repeated}
                  lateOnes: {type: test, from: repeated.late}
                  incomplete: {type: test, from: repeated.timedOut}
                  failed: {type: test, from: repeated.errors}
                errors: {default: deadLetter}
                """
                        .replace("MATCHER", matcher)
                        .replace("TIMES", times));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void aPatternIsFoundAmongTheEventsOfOneKeyInTheOrderOfTheirTimes(String matcher) {
        scenario(matcher)
                .record("events", 3_000, "c1", "CALLBACK", 1)
                .record("events", 1_000, "c1", "FAILURE", 1)
                .record("events", 1_500, "c2", "CALLBACK", 1)
                .record("events", 2_000, "c1", "FAILURE", 1)
                .expectNothing("rows")
                .watermark(3_000)
                .expect("rows", row("customerId", "c1", "failures", 2, "first", 1_000))
                .end()
                .expectNothing("rows", "lateOnes", "incomplete", "failed")
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void asManyTimesAsAreAllowedCanBeBuilt(String matcher) {
        scenario(matcher, "2..1000")
                .record("events", 1_000, "c1", "FAILURE", 1)
                .record("events", 2_000, "c1", "FAILURE", 1)
                .record("events", 3_000, "c1", "CALLBACK", 1)
                .watermark(3_000)
                .expect("rows", row("customerId", "c1", "failures", 2, "first", 1_000))
                .end()
                .expectNothing("rows", "lateOnes", "failed")
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void anotherEventBetweenBreaksAStrictPattern(String matcher) {
        scenario(matcher)
                .record("events", 1_000, "c1", "FAILURE", 1)
                .record("events", 1_500, "c1", "OK", 1)
                .record("events", 2_000, "c1", "FAILURE", 1)
                .record("events", 3_000, "c1", "CALLBACK", 1)
                .end()
                .expectNothing("rows", "lateOnes", "failed")
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void aLateEventTakesNoPartAlsoRightAfterARestore(String matcher) {
        scenario(matcher)
                .record("events", 1_000, "c1", "FAILURE", 1)
                .watermark(2_500)
                .crash()
                .record("events", 2_000, "c1", "FAILURE", 1)
                .expect("lateOnes", row("at", 2_000, "customerId", "c1", "status", "FAILURE"))
                .record("events", 3_000, "c1", "CALLBACK", 1)
                .watermark(4_000)
                .expectNothing("rows", "lateOnes", "failed")
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void whatRunsOutOfTimeIsToldWithItsEvents(String matcher) {
        scenario(matcher)
                .record("events", 1_000, "c1", "FAILURE", 1)
                .watermark(30_999)
                .expectNothing("incomplete")
                .watermark(31_000)
                .expect(
                        "incomplete",
                        row(
                                "failure",
                                List.of(row("at", 1_000, "customerId", "c1", "status", "FAILURE", "cost", 1)),
                                "callback",
                                List.of()))
                .expectNothing("rows", "lateOnes", "failed")
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void anEventWhoseConditionFailsIsKeptOutAndIsAFailure(String matcher) {
        scenario(matcher)
                .record("events", 1_000, "c1", "FAILURE", 1)
                .record("events", 1_500, "c1", "FAILURE", 0)
                .record("events", 2_000, "c1", "FAILURE", 1)
                .record("events", 3_000, "c1", "CALLBACK", 1)
                .expect("failed", row("stage", "repeated", "code", "division-by-zero", "eventTime", 1_500))
                .watermark(3_000)
                .expect("rows", row("customerId", "c1", "failures", 2))
                .expectNothing("lateOnes", "incomplete")
                .verify();
    }

    private static Scenario attempts() {
        return Scenario.of(
                """
                records:
                  Event:
                    fields: {at: timestamp, customerId: string, status: string, cost: int, most: int?}
                sources:
                  events: {type: test, record: Event, time: at}
                stages:
                  attempts:
                    type: cep
                    from: events
                    keyBy: [customerId]
                    steps:
                      - id: attempt
                        times: 2..3
                        loopContiguity: next
                        steps:
                          - {id: call, where: 'status == "CALL"'}
                          - {id: failure, where: 'status == "FAILURE" && cost < orElse(most, 10)', contiguity: next}
                      - {id: payment, where: 'status == "PAID"', contiguity: notFollowedBy}
                      - id: callback
                        where: 'status == "CALLBACK" && failure[1].cost + cost < 100 / (cost - 1)'
                        contiguity: followedBy
                    within: 30s
                    afterMatch: {skip: toLast, step: callback}
                    emit:
                      customerId: callback[0].customerId
                      attempts: size(failure)
                      costs: failure.map(f, f.cost).sum()
                      first: call[0].at
                sinks:
                  rows: {type: test, from: attempts}
                  lateOnes: {type: test, from: attempts.late}
                  incomplete: {type: test, from: attempts.timedOut}
                  failed: {type: test, from: attempts.errors}
                errors: {default: deadLetter}
                """);
    }

    @Test
    void aGroupRepeatsAndConditionsLookBackAlsoOverCrashes() {
        attempts()
                .record("events", 4_000, "c1", "FAILURE", 3, null)
                .crash()
                .record("events", 1_000, "c1", "CALL", 0, null)
                .record("events", 3_000, "c1", "CALL", 0, null)
                .crash()
                .record("events", 2_000, "c1", "FAILURE", 2, null)
                .watermark(4_500)
                .crash()
                .record("events", 5_000, "c1", "OTHER", 0, null)
                .record("events", 6_000, "c1", "CALLBACK", 2, null)
                .watermark(6_000)
                .expect("rows", row("customerId", "c1", "attempts", 2, "costs", 5, "first", 1_000))
                .expectNothing("rows", "lateOnes", "failed")
                .verify();
    }

    @Test
    void whatMustNotComeEndsTheMatch() {
        attempts()
                .record("events", 1_000, "c1", "CALL", 0, null)
                .record("events", 2_000, "c1", "FAILURE", 2, 3)
                .record("events", 3_000, "c1", "CALL", 0, null)
                .record("events", 4_000, "c1", "FAILURE", 3, 4)
                .record("events", 5_000, "c1", "PAID", 0, null)
                .watermark(5_000)
                .crash()
                .record("events", 6_000, "c1", "CALLBACK", 2, null)
                .watermark(6_000)
                .expectNothing("rows", "lateOnes", "failed")
                .verify();
    }

    /** The third attempt costs more than it may, so it is none; the first callback divides by zero. */
    @Test
    void aLookBackThatFailsIsNotMetAndTheEventIsNoFailure() {
        attempts()
                .record("events", 1_000, "c1", "CALL", 0, null)
                .record("events", 2_000, "c1", "FAILURE", 2, null)
                .record("events", 3_000, "c1", "CALL", 0, null)
                .record("events", 4_000, "c1", "FAILURE", 3, null)
                .record("events", 5_000, "c1", "FAILURE", 12, null)
                .record("events", 6_000, "c1", "CALLBACK", 1, null)
                .watermark(6_000)
                .expectNothing("rows", "failed")
                .record("events", 7_000, "c1", "CALLBACK", 3, null)
                .watermark(7_000)
                .expect("rows", row("customerId", "c1", "attempts", 2, "costs", 5, "first", 1_000))
                .expectNothing("rows", "lateOnes", "failed")
                .verify();
    }

    @Test
    void aPartialMatchOfAGroupIsToldWhenItRunsOut() {
        attempts()
                .record("events", 1_000, "c1", "CALL", 7, null)
                .record("events", 2_000, "c1", "FAILURE", 2, null)
                .watermark(20_000)
                .crash()
                .watermark(31_000)
                .expect(
                        "incomplete",
                        row(
                                "call",
                                List.of(row(
                                        "at", 1_000, "customerId", "c1", "status", "CALL", "cost", 7, "most", null)),
                                "failure",
                                List.of(row(
                                        "at", 2_000, "customerId", "c1", "status", "FAILURE", "cost", 2, "most", null)),
                                "callback",
                                List.of()))
                .expectNothing("rows", "lateOnes", "incomplete", "failed")
                .verify();
    }

    @Test
    void whatMustNotComeAtTheEndIsKnownWhenTheLimitIsOver() {
        Scenario.of(
                        """
                records:
                  Event:
                    fields: {at: timestamp, customerId: string, status: string}
                sources:
                  events: {type: test, record: Event, time: at}
                stages:
                  unpaid:
                    type: cep
                    from: events
                    keyBy: [customerId]
                    steps:
                      - {id: order, where: 'status == "ORDER"'}
                      - {id: payment, where: 'status == "PAID"', contiguity: notFollowedBy}
                    within: 10s
                    emit: {customerId: 'order[0].customerId', at: 'order[0].at'}
                  reminders:
                    type: window
                    from: unpaid
                    keyBy: [customerId]
                    window: {type: tumbling, size: 10s}
                    aggregate: {orders: count()}
                sinks:
                  rows: {type: test, from: unpaid}
                  counts: {type: test, from: reminders}
                  lateOnes: {type: test, from: unpaid.late}
                  tooLate: {type: test, from: reminders.late}
                  failed: {type: test, from: errors}
                errors: {default: deadLetter}
                """)
                .record("events", 1_000, "c1", "ORDER")
                .record("events", 2_000, "c2", "ORDER")
                .record("events", 3_000, "c2", "PAID")
                .watermark(10_999)
                .expectNothing("rows")
                .crash()
                .watermark(11_000)
                .expect("rows", row("customerId", "c1", "at", 1_000))
                .record("events", 12_000, "c3", "ORDER")
                .end()
                .expect("rows", row("customerId", "c3", "at", 12_000))
                .expect(
                        "counts",
                        row("customerId", "c1", "orders", 1, "windowStart", 10_000),
                        row("customerId", "c3", "orders", 1, "windowStart", 20_000))
                .expectNothing("rows", "counts", "lateOnes", "tooLate", "failed")
                .verify();
    }
}
