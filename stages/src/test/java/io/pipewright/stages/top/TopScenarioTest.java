package io.pipewright.stages.top;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class TopScenarioTest {

    private static Scenario scenario(String options) {
        return Scenario.of(
                """
                records:
                  Score:
                    fields: {at: timestamp, game: "string?", player: string, points: "long?"}
                sources:
                  scores: {type: test, record: Score, time: at}
                stages:
                  best:
                    type: top
                    from: scores
                    keyBy: [game]
                    %s
                sinks:
                  rows: {type: test, from: best}
                  lateOnes: {type: test, from: best.late}
                  failures: {type: test, from: best.errors}
                errors: {default: deadLetter}
                """
                        .formatted(options));
    }

    private static final String BY_POINTS =
            "n: 2\n    ttl: 1h\n    orderBy: [{by: points, direction: descending}]\n    ties: ";

    @Test
    void aRecordThatTakesARankDeletesTheRowsThatItMovesBeforeItIsWritten() {
        scenario(BY_POINTS + "first")
                .record("scores", 1_000, "g", "ann", 10L)
                .record("scores", 2_000, "g", "bob", 20L)
                .record("scores", 3_000, "g", "cid", 5L)
                .watermark(2_000)
                .expect(
                        "rows",
                        row("player", "ann", "rank", 1, "op", "upsert"),
                        row("player", "ann", "rank", 1, "op", "delete"),
                        row("player", "bob", "rank", 1, "op", "upsert"),
                        row("player", "ann", "rank", 2, "op", "upsert"))
                .watermark(3_000)
                .expectNothing("rows", "lateOnes", "failures")
                .verify();
    }

    @Test
    void amongTiesTheFirstByEventTimeHasTheBetterRank() {
        scenario(BY_POINTS + "first")
                .record("scores", 3_000, "g", "cid", 10L)
                .record("scores", 2_000, "g", "bob", 10L)
                .record("scores", 1_000, "g", "ann", 10L)
                .end()
                .expect(
                        "rows",
                        row("player", "ann", "rank", 1, "op", "upsert"),
                        row("player", "bob", "rank", 2, "op", "upsert"))
                .verify();
    }

    @Test
    void tiesMayShareARankAndThenTheNextOnesAreLeftOut() {
        scenario(BY_POINTS + "all")
                .record("scores", 1_000, "g", "ann", 10L)
                .record("scores", 2_000, "g", "bob", 20L)
                .record("scores", 3_000, "g", "cid", 10L)
                .watermark(3_000)
                .expect(
                        "rows",
                        row("player", "ann", "rank", 1, "op", "upsert"),
                        row("player", "ann", "rank", 1, "op", "delete"),
                        row("player", "bob", "rank", 1, "op", "upsert"),
                        row("player", "ann", "rank", 2, "op", "upsert"),
                        row("player", "cid", "rank", 2, "op", "upsert"))
                .record("scores", 4_000, "g", "dan", 20L)
                .watermark(4_000)
                .expect(
                        "rows",
                        row("player", "ann", "rank", 2, "op", "delete"),
                        row("player", "cid", "rank", 2, "op", "delete"),
                        row("player", "dan", "rank", 1, "op", "upsert"))
                .verify();
    }

    @Test
    void aNullIsBehindAllValuesInEitherDirection() {
        scenario("n: 1\n    ttl: 1h\n    orderBy: [{by: points, direction: ascending}]")
                .record("scores", 1_000, "g", "ann", null)
                .record("scores", 2_000, "g", "bob", 7L)
                .watermark(2_000)
                .expect(
                        "rows",
                        row("player", "ann", "points", null, "op", "upsert"),
                        row("player", "ann", "op", "delete"),
                        row("player", "bob", "points", 7, "op", "upsert"))
                .verify();
    }

    @Test
    void recordsWhoseGroupIsNullAreAGroup() {
        scenario(BY_POINTS + "first")
                .record("scores", 2_000, null, "bob", 20L)
                .record("scores", 1_000, "g", "ann", 10L)
                .record("scores", 1_500, null, "cid", 5L)
                .watermark(2_000)
                .expect(
                        "rows",
                        row("game", "g", "player", "ann", "rank", 1, "op", "upsert"),
                        row("game", null, "player", "cid", "rank", 1, "op", "upsert"),
                        row("game", null, "player", "cid", "rank", 1, "op", "delete"),
                        row("game", null, "player", "bob", "rank", 1, "op", "upsert"),
                        row("game", null, "player", "cid", "rank", 2, "op", "upsert"))
                .expectNothing("lateOnes", "failures")
                .verify();
    }

    @Test
    void aValueThatCannotBeComputedIsAFailureOfItsRecordAlone() {
        scenario("n: 1\n    ttl: 1h\n    orderBy: [{by: '100 / orElse(points, 0)', direction: ascending}]")
                .record("scores", 1_000, "g", "ann", null)
                .record("scores", 2_000, "g", "bob", 7L)
                .watermark(2_000)
                .expect("failures", row("stage", "best", "code", "division-by-zero", "eventTime", 1_000))
                .expect("rows", row("player", "bob", "rank", 1, "op", "upsert"))
                .verify();
    }

    @Test
    void aRankingIsDeletedItsTtlAfterTheLastRecordOfItsGroup() {
        scenario("n: 1\n    ttl: 10s\n    orderBy: [{by: points, direction: descending}]")
                .record("scores", 0, "g", "ann", 10L)
                .record("scores", 5_000, "g", "bob", 1L)
                .watermark(14_999)
                .expect("rows", row("player", "ann", "op", "upsert"))
                .watermark(15_000)
                .expect("rows", row("player", "ann", "rank", 1, "op", "delete"))
                .record("scores", 16_000, "g", "cid", 2L)
                .record("scores", 26_000, "g", "dan", 1L)
                .watermark(30_000)
                .expect(
                        "rows",
                        row("player", "cid", "op", "upsert"),
                        row("player", "cid", "op", "delete"),
                        row("player", "dan", "op", "upsert"))
                .end()
                .expectNothing("rows")
                .verify();
    }

    @Test
    void aLateRecordGoesToLateAlsoRightAfterARestore() {
        scenario(BY_POINTS + "first")
                .watermark(5_000)
                .crash()
                .record("scores", 5_000, "g", "ann", 1L)
                .expect("lateOnes", row("player", "ann", "points", 1))
                .end()
                .expectNothing("rows", "failures")
                .verify();
    }

    @Test
    void behindAWindowEachWindowHasARankingOfItsOwnThatIsSentOnce() {
        Scenario.of(
                        """
                        records:
                          Call:
                            fields: {at: timestamp, channel: string}
                        sources:
                          calls: {type: test, record: Call, time: at}
                        stages:
                          volumes:
                            type: window
                            from: calls
                            keyBy: [channel]
                            window: {type: tumbling, size: 10s}
                            aggregate: {volume: count()}
                          busiest:
                            type: top
                            from: volumes
                            keyBy: []
                            n: 1
                            orderBy: [{by: volume, direction: descending}, {by: channel, direction: ascending}]
                        sinks:
                          rows: {type: test, from: busiest}
                          lost: {type: test, from: late}
                        """)
                .record("calls", 1_000, "CHAT")
                .record("calls", 2_000, "VOICE")
                .record("calls", 3_000, "VOICE")
                .record("calls", 11_000, "MAIL")
                .record("calls", 12_000, "CHAT")
                .watermark(9_998)
                .expectNothing("rows")
                .watermark(9_999)
                .expect("rows", row("channel", "VOICE", "volume", 2, "windowStart", 0, "windowEnd", 10_000, "rank", 1))
                .end()
                .expect("rows", row("channel", "CHAT", "volume", 1, "windowStart", 10_000, "rank", 1))
                .expectNothing("lost")
                .verify();
    }
}
