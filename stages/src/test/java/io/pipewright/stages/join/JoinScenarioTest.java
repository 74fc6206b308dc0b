package io.pipewright.stages.join;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class JoinScenarioTest {

    private static final String BOUND = "within: {after: call, from: -5s, to: 20s}";
    private static final String WINDOW = "window: {type: tumbling, size: 10s}";

    private static Scenario scenario(String kind, String bound, String select) {
        return Scenario.of(
                """
                records:
                  Call:
                    fields: {at: timestamp, callId: string?, cost: long}
                  Survey:
                    fields: {at: timestamp, about: string?, score: long}
                sources:
                  calls: {type: test, record: Call, time: at}
                  surveys: {type: test, record: Survey, time: at}
                stages:
                  rated:
                    type: join
                    inputs: {call: calls, survey: surveys}
                    keyBy: {call: [callId], survey: [about]}
                    kind: %s
                    %s
                    select: {%s}
                sinks:
                  rows: {type: test, from: rated}
                  failures: {type: test, from: rated.errors}
                  lateOnes: {type: test, from: rated.late}
                errors: {default: deadLetter}
                """
                        .formatted(kind, bound, select));
    }

    private static Scenario scenario(String kind) {
        return scenario(kind, BOUND, "cost: call.cost, score: survey.score");
    }

    @Test
    void recordsMeetWhoseDifferenceIsOneOfTheBoundsOrBetween() {
        scenario("inner")
                .record("surveys", 4_999, "a", 1)
                .record("surveys", 5_000, "a", 2)
                .record("calls", 10_000, "a", 10)
                .record("surveys", 30_001, "a", 4)
                .record("surveys", 30_000, "a", 3)
                .record("surveys", 12_000, "b", 9)
                .expectNothing("rows")
                .watermark(10_000)
                .expect("rows", row("cost", 10, "score", 2))
                .watermark(40_000)
                .expect("rows", row("cost", 10, "score", 3))
                .expectNothing("failures", "lateOnes")
                .verify();
    }

    @Test
    void manyMeetMany() {
        scenario("inner")
                .record("calls", 1_000, "a", 1)
                .record("calls", 2_000, "a", 2)
                .record("surveys", 2_000, "a", 5)
                .record("surveys", 3_000, "a", 6)
                .end()
                .expect(
                        "rows",
                        row("cost", 1, "score", 5),
                        row("cost", 1, "score", 6),
                        row("cost", 2, "score", 5),
                        row("cost", 2, "score", 6))
                .verify();
    }

    @Test
    void bothInputsAreWaitedFor() {
        scenario("left")
                .record("calls", 1_000, "a", 1)
                .watermark("calls", 90_000)
                .expectNothing("rows")
                .record("surveys", 21_000, "a", 5)
                .watermark("surveys", 21_000)
                .expect("rows", row("cost", 1, "score", 5))
                .verify();
    }

    @Test
    void aLeftRecordComesOutAloneOnceNothingCanMeetItAnyMore() {
        scenario("left")
                .record("calls", 10_000, "a", 1)
                .record("calls", 10_000, "b", 2)
                .record("surveys", 11_000, "b", 5)
                .record("surveys", 11_000, "c", 6)
                .watermark(29_999)
                .expect("rows", row("cost", 2, "score", 5))
                .watermark(30_000)
                .expect("rows", row("cost", 1, "score", null))
                .end()
                .expectNothing("rows", "failures", "lateOnes")
                .verify();
    }

    @Test
    void aRightRecordComesOutAloneOnceNothingCanMeetItAnyMore() {
        scenario("right")
                .record("surveys", 10_000, "a", 5)
                .record("calls", 16_000, "a", 1)
                .record("surveys", 10_000, "b", 6)
                .record("calls", 15_000, "b", 2)
                .watermark(14_999)
                .expectNothing("rows")
                .watermark(15_000)
                .expect("rows", row("cost", null, "score", 5), row("cost", 2, "score", 6))
                .end()
                .expectNothing("rows")
                .verify();
    }

    @Test
    void withFullTheRecordsOfBothComeOutAlone() {
        scenario("full")
                .record("calls", 10_000, "a", 1)
                .record("surveys", 10_000, "b", 5)
                .record("calls", 10_000, "c", 2)
                .record("surveys", 10_000, "c", 6)
                .end()
                .expect(
                        "rows",
                        row("cost", 1, "score", null),
                        row("cost", null, "score", 5),
                        row("cost", 2, "score", 6))
                .verify();
    }

    @Test
    void aNullKeyMeetsNothing() {
        scenario("left")
                .record("calls", 10_000, null, 1)
                .record("surveys", 10_000, null, 5)
                .expect("rows", row("cost", 1, "score", null))
                .end()
                .expectNothing("rows", "failures", "lateOnes")
                .verify();
    }

    @Test
    void lateRecordsOfEitherSideGoToLateAlsoRightAfterARestore() {
        scenario("inner")
                .record("calls", 10_000, "a", 1)
                .watermark(12_000)
                .crash()
                .record("surveys", 12_000, "a", 5)
                .record("calls", 11_000, "a", 2)
                .expect(
                        "lateOnes",
                        row("stage", "rated", "eventTime", 12_000),
                        row("stage", "rated", "eventTime", 11_000))
                .record("surveys", 12_001, "a", 6)
                .watermark(13_000)
                .expect("rows", row("cost", 1, "score", 6))
                .verify();
    }

    @Test
    void aRowWithoutAValueGoesToErrorsWithBothRecords() {
        scenario("left", BOUND, "each: 'call.cost / orElse(survey.score, 1)'")
                .record("calls", 10_000, "a", 8)
                .record("surveys", 10_000, "a", 0)
                .record("surveys", 11_000, "a", 2)
                .end()
                .expect("rows", row("each", 4))
                .expect("failures", row("stage", "rated", "code", "division-by-zero"))
                .verify();
    }

    @Test
    void recordsOfOneWindowMeet() {
        scenario("full", WINDOW, "cost: call.cost, score: survey.score, windowStart: windowStart, windowEnd: windowEnd")
                .record("calls", 19_999, "a", 1)
                .record("surveys", 10_000, "a", 5)
                .record("surveys", 20_000, "a", 6)
                .record("calls", 9_999, "a", 2)
                .watermark(20_000)
                .expect(
                        "rows",
                        row("cost", 2, "score", null, "windowStart", 0, "windowEnd", 10_000),
                        row("cost", 1, "score", 5, "windowStart", 10_000, "windowEnd", 20_000))
                .end()
                .expect("rows", row("cost", null, "score", 6, "windowStart", 20_000, "windowEnd", 30_000))
                .verify();
    }

    private static final String WITH_WINDOW =
            "cost: call.cost, score: survey.score, windowStart: windowStart, windowEnd: windowEnd";

    @Test
    void inSlidingWindowsRecordsMeetInEachThatBothAreInAndAreAloneInTheOthers() {
        scenario("left", "window: {type: sliding, size: 10s, slide: 5s}", WITH_WINDOW)
                .record("surveys", 4_000, "a", 5)
                .record("calls", 7_000, "a", 1)
                .crash()
                .record("surveys", 12_000, "b", 6)
                .record("calls", 21_000, null, 3)
                .expect(
                        "rows",
                        row("cost", 3, "score", null, "windowStart", 15_000, "windowEnd", 25_000),
                        row("cost", 3, "score", null, "windowStart", 20_000, "windowEnd", 30_000))
                .watermark(7_000)
                .expect("rows", row("cost", 1, "score", 5, "windowStart", 0, "windowEnd", 10_000))
                .crash()
                .watermark(14_998)
                .expectNothing("rows")
                .watermark(14_999)
                .expect("rows", row("cost", 1, "score", null, "windowStart", 5_000, "windowEnd", 15_000))
                .end()
                .expectNothing("rows", "failures", "lateOnes")
                .verify();
    }

    @Test
    void inCumulativeWindowsRecordsMeetFromTheFirstThatHoldsBothOn() {
        scenario("full", "window: {type: cumulative, size: 15s, step: 5s}", WITH_WINDOW)
                .record("calls", 1_000, "a", 1)
                .record("surveys", 6_000, "a", 5)
                .crash()
                .record("surveys", 14_999, "b", 6)
                .watermark(6_000)
                .expect(
                        "rows",
                        row("cost", 1, "score", 5, "windowStart", 0, "windowEnd", 10_000),
                        row("cost", 1, "score", 5, "windowStart", 0, "windowEnd", 15_000))
                .watermark(14_999)
                .expect(
                        "rows",
                        row("cost", 1, "score", null, "windowStart", 0, "windowEnd", 5_000),
                        row("cost", null, "score", 6, "windowStart", 0, "windowEnd", 15_000))
                .end()
                .expectNothing("rows", "failures", "lateOnes")
                .verify();
    }

    @Test
    void whatComesOutAloneIsInTimeForTheNextStage() {
        Scenario.of(
                        """
                        records:
                          Call:
                            fields: {at: timestamp, callId: string, cost: long}
                        sources:
                          calls: {type: test, record: Call, time: at}
                          surveys: {type: test, record: Call, time: at}
                        stages:
                          rated:
                            type: join
                            inputs: {call: calls, survey: surveys}
                            keyBy: {call: [callId], survey: [callId]}
                            kind: left
                            within: {after: call, to: 1m}
                            select: {callId: call.callId, cost: call.cost}
                          counted:
                            type: window
                            from: rated
                            keyBy: []
                            window: {type: tumbling, size: 10s}
                            aggregate: {calls: count()}
                        sinks:
                          rows: {type: test, from: counted}
                          lateOnes: {type: test, from: late}
                        """)
                .record("calls", 5_000, "a", 1)
                .record("surveys", 6_000, "b", 1)
                .watermark(64_999)
                .expectNothing("rows")
                .watermark(70_000)
                .expect("rows", row("calls", 1, "windowStart", 0))
                .expectNothing("lateOnes")
                .verify();
    }
}
