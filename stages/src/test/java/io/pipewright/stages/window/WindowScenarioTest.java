package io.pipewright.stages.window;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class WindowScenarioTest {

    private static Scenario scenario(String allowedLateness) {
        return Scenario.of(
                """
                records:
                  Call:
                    fields: {at: timestamp, channel: "string?", cost: "double?"}
                sources:
                  calls: {type: test, record: Call, time: at}
                stages:
                  volumes:
                    type: window
                    from: calls
                    keyBy: [channel]
                    window: {type: tumbling, size: 10s}
                    allowedLateness: %s
                    aggregate: {volume: count(), cost: sum(cost), dearest: max(cost)}
                sinks:
                  rows: {type: test, from: volumes}
                  lateCalls: {type: test, from: volumes.late}
                  failures: {type: test, from: volumes.errors}
                errors: {default: deadLetter}
                """
                        .formatted(allowedLateness));
    }

    @Test
    void everyGroupGetsARowWhenTheWatermarkPassesTheEndOfItsWindow() {
        scenario("0s")
                .record("calls", 1_000, "VOICE", 1.5)
                .record("calls", 9_999, "VOICE", 2.5)
                .record("calls", 5_000, "CHAT", 4.0)
                .record("calls", 10_000, "VOICE", 8.0)
                .watermark(9_998)
                .expectNothing("rows")
                .watermark(9_999)
                .expect(
                        "rows",
                        row(
                                "channel",
                                "VOICE",
                                "volume",
                                2,
                                "cost",
                                4.0,
                                "dearest",
                                2.5,
                                "windowStart",
                                0,
                                "windowEnd",
                                10_000),
                        row(
                                "channel",
                                "CHAT",
                                "volume",
                                1,
                                "cost",
                                4.0,
                                "dearest",
                                4.0,
                                "windowStart",
                                0,
                                "windowEnd",
                                10_000))
                .end()
                .expect("rows", row("channel", "VOICE", "volume", 1, "windowStart", 10_000))
                .expectNothing("lateCalls", "failures")
                .verify();
    }

    @Test
    void nullIsAGroupAndNullArgumentsAreSkipped() {
        scenario("0s")
                .record("calls", 1_000, null, null)
                .record("calls", 2_000, null, 3.0)
                .watermark(10_000)
                .expect("rows", row("channel", null, "volume", 2, "cost", 3.0, "dearest", 3.0))
                .verify();
    }

    @Test
    void aLateRecordChangesNoRowAlsoRightAfterARestore() {
        scenario("0s")
                .record("calls", 1_000, "VOICE", 1.0)
                .watermark(9_999)
                .expect("rows", row("channel", "VOICE", "volume", 1))
                .crash()
                .record("calls", 2_000, "VOICE", 7.0)
                .expect("lateCalls", row("at", 2_000, "channel", "VOICE", "cost", 7.0))
                .record("calls", 10_500, "VOICE", 2.0)
                .watermark(20_000)
                .expect("rows", row("channel", "VOICE", "volume", 1, "cost", 2.0, "windowStart", 10_000))
                .end()
                .expectNothing("rows", "lateCalls", "failures")
                .verify();
    }

    @Test
    void withinTheAllowedLatenessARecordSendsTheRowAgain() {
        scenario("5s")
                .record("calls", 1_000, "VOICE", 1.0)
                .watermark(9_999)
                .expect("rows", row("volume", 1, "firing", 1))
                .crash()
                .record("calls", 2_000, "VOICE", 7.0)
                .expect("rows", row("volume", 2, "cost", 8.0, "firing", 2))
                .watermark(14_998)
                .record("calls", 3_000, "VOICE", 1.0)
                .expect("rows", row("volume", 3, "cost", 9.0, "firing", 3))
                .watermark(14_999)
                .crash()
                .record("calls", 4_000, "VOICE", 1.0)
                .expect("lateCalls", row("at", 4_000))
                .end()
                .expectNothing("rows", "failures")
                .verify();
    }
}
