package io.pipewright.stages.window;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of windows in a pipeline, undisturbed, with crashes and on RocksDB. */
class WindowKindsScenarioTest {

    private static Scenario scenario(String window, String more) {
        return Scenario.of(
                """
                records:
                  Call:
                    fields: {at: timestamp, channel: string, cost: double}
                sources:
                  calls: {type: test, record: Call, time: at}
                stages:
                  volumes:
                    type: window
                    from: calls
                    keyBy: [channel]
                    window: {%s}
                    aggregate: {volume: count(), cost: sum(cost)}
                    %s
                sinks:
                  rows: {type: test, from: volumes}
                  lateCalls: {type: test, from: volumes.late}
                  failures: {type: test, from: volumes.errors}
                errors: {default: deadLetter}
                """
                        .formatted(window, more));
    }

    @Test
    void slidingWindowsShareWhatTheyHaveInCommon() {
        scenario("type: sliding, size: 10s, slide: 4s", "")
                .record("calls", 5_000, "VOICE", 1.0)
                .record("calls", 9_000, "VOICE", 2.0)
                .watermark(5_999)
                .expect("rows", row("volume", 1, "cost", 1.0, "windowStart", -4_000, "windowEnd", 6_000))
                .record("calls", 4_500, "VOICE", 4.0)
                .watermark(9_999)
                .expect("rows", row("volume", 3, "cost", 7.0, "windowStart", 0, "windowEnd", 10_000))
                .watermark(13_999)
                .expect("rows", row("volume", 3, "cost", 7.0, "windowStart", 4_000, "windowEnd", 14_000))
                .record("calls", 5_000, "VOICE", 8.0)
                .expect("lateCalls", row("at", 5_000))
                .end()
                .expect("rows", row("volume", 1, "cost", 2.0, "windowStart", 8_000, "windowEnd", 18_000))
                .expectNothing("lateCalls", "failures")
                .verify();
    }

    @Test
    void aLateRecordSendsAllWindowsAgainThatHaveEndedAndStillTakeIt() {
        scenario("type: sliding, size: 10s, slide: 5s", "allowedLateness: 5s")
                .record("calls", 6_000, "VOICE", 1.0)
                .watermark(14_998)
                .expect("rows", row("volume", 1, "windowEnd", 10_000, "firing", 1))
                .record("calls", 7_000, "VOICE", 2.0)
                .expect("rows", row("volume", 2, "windowEnd", 10_000, "firing", 2))
                .watermark(14_999)
                .expect("rows", row("volume", 2, "windowEnd", 15_000, "firing", 1))
                .record("calls", 8_000, "VOICE", 4.0)
                .expect("rows", row("volume", 3, "windowEnd", 15_000, "firing", 2))
                .watermark(19_999)
                .record("calls", 8_000, "VOICE", 4.0)
                .expect("lateCalls", row("at", 8_000))
                .end()
                .expectNothing("rows", "failures")
                .verify();
    }

    @Test
    void cumulativeWindowsGrowAndStartAnew() {
        scenario("type: cumulative, size: 30s, step: 10s", "")
                .record("calls", 1_000, "VOICE", 1.0)
                .record("calls", 25_000, "VOICE", 2.0)
                .watermark(19_999)
                .expect(
                        "rows",
                        row("volume", 1, "windowStart", 0, "windowEnd", 10_000),
                        row("volume", 1, "windowStart", 0, "windowEnd", 20_000))
                .record("calls", 31_000, "VOICE", 4.0)
                .watermark(40_000)
                .expect(
                        "rows",
                        row("volume", 2, "cost", 3.0, "windowStart", 0, "windowEnd", 30_000),
                        row("volume", 1, "cost", 4.0, "windowStart", 30_000, "windowEnd", 40_000))
                .end()
                .expect(
                        "rows",
                        row("volume", 1, "windowStart", 30_000, "windowEnd", 50_000),
                        row("volume", 1, "windowStart", 30_000, "windowEnd", 60_000))
                .expectNothing("lateCalls", "failures")
                .verify();
    }

    @Test
    void sessionsLastAsLongAsRecordsCome() {
        scenario("type: session, gap: 10s", "")
                .record("calls", 1_000, "VOICE", 1.0)
                .record("calls", 21_000, "VOICE", 2.0)
                .record("calls", 5_000, "CHAT", 4.0)
                .record("calls", 11_000, "VOICE", 8.0)
                .watermark(14_999)
                .expect("rows", row("channel", "CHAT", "volume", 1, "windowStart", 5_000, "windowEnd", 15_000))
                .watermark(30_999)
                .expect(
                        "rows",
                        row("channel", "VOICE", "volume", 3, "cost", 11.0, "windowStart", 1_000, "windowEnd", 31_000))
                .end()
                .expectNothing("rows", "lateCalls", "failures")
                .verify();
    }

    @Test
    void sessionsWithALengthEndThere() {
        scenario("type: session, gap: 10s, maxLength: 15s", "")
                .record("calls", 8_000, "VOICE", 2.0)
                .record("calls", 1_000, "VOICE", 1.0)
                .record("calls", 16_000, "VOICE", 4.0)
                .watermark(15_999)
                .expect("rows", row("volume", 2, "windowStart", 1_000, "windowEnd", 16_000))
                .end()
                .expect("rows", row("volume", 1, "windowStart", 16_000, "windowEnd", 26_000))
                .expectNothing("lateCalls", "failures")
                .verify();
    }

    @Test
    void theWindowOfAllTimeIsSentAtTheEndWithoutBounds() {
        scenario("type: global", "")
                .record("calls", 8_000, "VOICE", 2.0)
                .watermark(500_000)
                .record("calls", 1_000, "VOICE", 1.0)
                .record("calls", 1_000, "CHAT", 1.0)
                .expectNothing("rows")
                .end()
                .expect("rows", row("channel", "VOICE", "volume", 2, "cost", 3.0), row("channel", "CHAT", "volume", 1))
                .expectNothing("lateCalls", "failures")
                .verify();
    }

    private static Scenario everyCall(String window) {
        return Scenario.of(
                """
                records:
                  Call:
                    fields: {at: timestamp, channel: "string?", agent: "string?", seconds: int, cost: "decimal?"}
                sources:
                  calls: {type: test, record: Call, time: at}
                stages:
                  volumes:
                    type: window
                    from: calls
                    keyBy: [channel, agent]
                    window: {%s}
                    aggregate:
                      different: countDistinct(cost)
                      first: first(cost)
                      last: last(cost, seconds < 9)
                      dearest: argMax(seconds, cost)
                      cheapest: argMin(seconds, cost)
                      median: percentile(cost, 0.5)
                      some: collect(seconds, 3)
                sinks:
                  rows: {type: test, from: volumes}
                  lost: {type: test, from: late}
                  failures: {type: test, from: errors}
                errors: {default: deadLetter}
                """
                        .formatted(window));
    }

    @Test
    void slicesAndWhatIsKeptBesidesThemMakeEveryResult() {
        everyCall("type: sliding, size: 10s, slide: 5s")
                .record("calls", 8_000, "VOICE", "a1", 8, new BigDecimal("2.0"))
                .record("calls", 3_000, "VOICE", "a1", 3, new BigDecimal("2.00"))
                .record("calls", 9_000, "VOICE", "a1", 9, new BigDecimal("1"))
                .record("calls", 2_000, "VOICE", "a1", 2, null)
                .record("calls", 8_000, "VOICE", "a1", 7, null)
                .record("calls", 8_000, "VOICE", null, 1, null)
                .watermark(4_999)
                .expect("rows", row("agent", "a1", "different", 1, "some", List.of(2L, 3L), "windowEnd", 5_000))
                .watermark(9_999)
                .expect(
                        "rows",
                        row(
                                "different",
                                2,
                                "first",
                                new BigDecimal("2.00"),
                                "last",
                                new BigDecimal("2.0"),
                                "dearest",
                                3,
                                "cheapest",
                                9,
                                "median",
                                new BigDecimal("2.00"),
                                "some",
                                List.of(2L, 3L, 8L)),
                        row("agent", null, "different", 0, "first", null, "median", null, "some", List.of(1L)))
                .end()
                .expect(
                        "rows",
                        row("agent", "a1", "different", 2, "dearest", 8, "some", List.of(8L, 7L, 9L)),
                        row("agent", null, "cheapest", null, "windowStart", 5_000))
                .expectNothing("lost", "failures")
                .verify();
    }

    @Test
    void sessionsThatBecomeOneKeepAllTheirValues() {
        everyCall("type: session, gap: 5s")
                .record("calls", 10_000, "VOICE", "a1", 5, new BigDecimal("7"))
                .record("calls", 1_000, "VOICE", "a1", 1, new BigDecimal("1"))
                .record("calls", 5_500, "VOICE", "a1", 3, new BigDecimal("7.0"))
                .record("calls", 5_500, "VOICE", "a1", 4, new BigDecimal("3"))
                .watermark(14_999)
                .expect(
                        "rows",
                        row("different", 3, "dearest", 3, "median", new BigDecimal("3"), "some", List.of(1L, 3L, 4L)))
                .end()
                .expectNothing("rows", "lost", "failures")
                .verify();
    }

    @Test
    void windowsStandBehindWindowsAndNoRowOfTheFirstIsLateForTheSecond() {
        Scenario.of(
                        """
                records:
                  Call:
                    fields: {at: timestamp, channel: string}
                sources:
                  calls: {type: test, record: Call, time: at}
                stages:
                  sessions:
                    type: window
                    from: calls
                    keyBy: [channel]
                    window: {type: session, gap: 5s}
                    aggregate: {volume: count()}
                  busiest:
                    type: window
                    from: sessions
                    keyBy: []
                    window: {type: tumbling, size: 10s}
                    aggregate: {sessions: count(), most: max(volume)}
                  total:
                    type: window
                    from: busiest
                    keyBy: []
                    window: {type: global}
                    aggregate: {windows: count(), sessions: sum(sessions)}
                sinks:
                  rows: {type: test, from: busiest}
                  totals: {type: test, from: total}
                  lost: {type: test, from: late}
                  failures: {type: test, from: errors}
                errors: {default: deadLetter}
                """)
                .record("calls", 1_000, "VOICE")
                .record("calls", 5_000, "VOICE")
                .record("calls", 2_000, "CHAT")
                .watermark(9_999)
                .expect("rows", row("sessions", 2, "most", 2, "windowStart", 0))
                .record("calls", 12_000, "VOICE")
                .end()
                .expect("rows", row("sessions", 1, "most", 1, "windowStart", 10_000))
                .expect("totals", row("windows", 2, "sessions", 3))
                .expectNothing("lost", "failures")
                .verify();
    }
}
