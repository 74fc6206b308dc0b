package io.pipewright.stages.latest;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class LatestScenarioTest {

    private static Scenario scenario(String ttl) {
        return Scenario.of(
                """
                records:
                  Customer:
                    fields: {at: timestamp, id: string, tier: "string?"}
                sources:
                  customers: {type: test, record: Customer, time: at}
                stages:
                  current: {type: latest, from: customers, keyBy: [id]%s}
                sinks:
                  rows: {type: test, from: current}
                  lateOnes: {type: test, from: current.late}
                  failures: {type: test, from: current.errors}
                errors: {default: deadLetter}
                """
                        .formatted(ttl));
    }

    @Test
    void everyRecordReplacesTheRowOfItsKeyInTheOrderOfTheTimes() {
        scenario(", ttl: 1h")
                .record("customers", 2_000, "c1", "GOLD")
                .record("customers", 1_000, "c1", "SILVER")
                .expectNothing("rows")
                .watermark(1_500)
                .expect("rows", row("at", 1_000, "id", "c1", "tier", "SILVER", "op", "upsert"))
                .record("customers", 2_000, "c1", null)
                .watermark(2_000)
                .expect("rows", row("tier", "GOLD", "op", "upsert"), row("tier", null, "op", "upsert"))
                .expectNothing("lateOnes", "failures")
                .verify();
    }

    @Test
    void aRowIsDeletedItsTtlAfterItsLastUpdate() {
        scenario(", ttl: 10s")
                .record("customers", 0, "c1", "SILVER")
                .record("customers", 5_000, "c1", "GOLD")
                .watermark(14_999)
                .expect("rows", row("tier", "SILVER", "op", "upsert"), row("tier", "GOLD", "op", "upsert"))
                .watermark(15_000)
                .expect("rows", row("at", 5_000, "id", "c1", "tier", "GOLD", "op", "delete"))
                .record("customers", 20_000, "c1", "BRONZE")
                .watermark(20_000)
                .expect("rows", row("tier", "BRONZE", "op", "upsert"))
                .verify();
    }

    @Test
    void aRowThatHasExpiredIsDeletedBeforeTheNextOneAlsoWithinOneStepOfTheWatermark() {
        scenario(", ttl: 10s")
                .record("customers", 0, "c1", "SILVER")
                .record("customers", 10_000, "c1", "GOLD")
                .watermark(12_000)
                .expect(
                        "rows",
                        row("tier", "SILVER", "op", "upsert"),
                        row("tier", "SILVER", "op", "delete"),
                        row("tier", "GOLD", "op", "upsert"))
                .verify();
    }

    @Test
    void theEndOfTheStreamDeletesNothing() {
        scenario(", ttl: 10s")
                .record("customers", 0, "c1", "SILVER")
                .end()
                .expect("rows", row("tier", "SILVER", "op", "upsert"))
                .verify();
    }

    @Test
    void aLateRecordGoesToLateAlsoRightAfterARestore() {
        scenario("")
                .watermark(5_000)
                .crash()
                .record("customers", 4_000, "c1", "GOLD")
                .expect("lateOnes", row("at", 4_000, "tier", "GOLD"))
                .end()
                .expectNothing("rows", "failures")
                .verify();
    }

    @Test
    void stagesThatPassRowsOnPassTheirChangesOn() {
        Scenario.of(
                        """
                        records:
                          Customer:
                            fields: {at: timestamp, id: string, tier: string}
                        sources:
                          customers: {type: test, record: Customer, time: at}
                        stages:
                          current: {type: latest, from: customers, keyBy: [id], ttl: 1h}
                          gold: {type: filter, from: current, where: 'tier == "GOLD"'}
                          slim: {type: select, from: gold, fields: {id: id, change: op}}
                        sinks:
                          rows: {type: test, from: slim}
                          lost: {type: discard, from: late}
                        """)
                .record("customers", 1_000, "c1", "SILVER")
                .record("customers", 2_000, "c1", "GOLD")
                .watermark(2_000)
                .expect("rows", row("id", "c1", "change", "upsert"))
                .verify();
    }
}
