package io.pipewright.stages.cep;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import java.util.List;
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
}
