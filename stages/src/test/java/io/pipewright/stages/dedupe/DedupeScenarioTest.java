package io.pipewright.stages.dedupe;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class DedupeScenarioTest {

    private static Scenario scenario(String ttl) {
        return Scenario.of(
                """
                records:
                  Payment:
                    fields: {at: timestamp, id: string, amount: "long?"}
                sources:
                  payments: {type: test, record: Payment, time: at}
                stages:
                  once: {type: dedupe, from: payments, keyBy: [id]%s}
                sinks:
                  rows: {type: test, from: once}
                  again: {type: test, from: once.duplicates}
                  lateOnes: {type: test, from: once.late}
                  failures: {type: test, from: once.errors}
                errors: {default: deadLetter}
                """
                        .formatted(ttl));
    }

    @Test
    void theFirstByEventTimePassesHoweverTheyArrive() {
        scenario(", ttl: 1h")
                .record("payments", 3_000, "p1", 3L)
                .record("payments", 1_000, "p1", 1L)
                .record("payments", 2_000, "p2", null)
                .expectNothing("rows", "again")
                .watermark(3_000)
                .expect("rows", row("at", 1_000, "amount", 1), row("at", 2_000, "id", "p2", "amount", null))
                .expect("again", row("at", 3_000, "id", "p1", "amount", 3))
                .record("payments", 4_000, "p1", 4L)
                .watermark(5_000)
                .expect("again", row("amount", 4))
                .expectNothing("rows", "lateOnes", "failures")
                .verify();
    }

    @Test
    void amongEqualTimesTheOneThatArrivedFirstPasses() {
        scenario(", ttl: 1h")
                .record("payments", 1_000, "p1", 1L)
                .record("payments", 1_000, "p1", 2L)
                .end()
                .expect("rows", row("amount", 1))
                .expect("again", row("amount", 2))
                .verify();
    }

    @Test
    void aKeyIsForgottenItsTtlAfterTheRecordThatPassedWhateverCameSince() {
        scenario(", ttl: 10s")
                .record("payments", 0, "p1", 1L)
                .record("payments", 9_999, "p1", 2L)
                .record("payments", 10_000, "p1", 3L)
                .watermark(15_000)
                .expect("rows", row("amount", 1), row("amount", 3))
                .expect("again", row("amount", 2))
                .record("payments", 19_999, "p1", 4L)
                .watermark(20_000)
                .expect("again", row("amount", 4))
                .record("payments", 20_001, "p1", 5L)
                .watermark(30_000)
                .expect("rows", row("amount", 5))
                .expectNothing("again", "failures")
                .verify();
    }

    @Test
    void withoutATtlAKeyIsRememberedForGood() {
        scenario("")
                .record("payments", 0, "p1", 1L)
                .watermark(1_000_000_000)
                .expect("rows", row("amount", 1))
                .record("payments", 2_000_000_000_000L, "p1", 2L)
                .end()
                .expect("again", row("amount", 2))
                .expectNothing("rows")
                .verify();
    }

    @Test
    void aLateRecordGoesToLateAlsoRightAfterARestore() {
        scenario(", ttl: 1h")
                .watermark(5_000)
                .crash()
                .record("payments", 5_000, "p1", 1L)
                .record("payments", 5_001, "p1", 2L)
                .watermark(6_000)
                .expect("lateOnes", row("at", 5_000, "amount", 1))
                .expect("rows", row("amount", 2))
                .expectNothing("again", "failures")
                .verify();
    }
}
