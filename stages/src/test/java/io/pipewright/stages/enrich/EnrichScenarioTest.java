package io.pipewright.stages.enrich;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

class EnrichScenarioTest {

    private static Scenario scenario(String options, String sinks) {
        return Scenario.of(
                """
                records:
                  Call:
                    fields: {at: timestamp, customerId: string, cost: long}
                  Customer:
                    fields: {at: timestamp, customerId: string, tier: string, region: "string?"}
                sources:
                  calls: {type: test, record: Call, time: at}
                  customers: {type: test, record: Customer, time: at}
                stages:
                  enriched:
                    type: enrich
                    from: calls
                    with: customers
                    name: customer
                    keyBy: {from: [customerId], with: [customerId]}
                    add: {tier: 'orElse(customer.tier, "UNKNOWN")', region: customer.region}
                    %s
                sinks:
                  rows: {type: test, from: enriched}
                  failures: {type: test, from: enriched.errors}
                %s
                errors: {default: deadLetter}
                """
                        .formatted(options, sinks));
    }

    private static Scenario byEventTime(String options) {
        return scenario(options, "  lateOnes: {type: test, from: enriched.late}");
    }

    @Test
    void aRecordGetsWhatWasKnownAtItsOwnTime() {
        byEventTime("ttl: 1h")
                .record("customers", 1_000, "c1", "SILVER")
                .record("calls", 3_000, "c1", 30)
                .record("calls", 1_500, "c1", 15)
                .record("customers", 2_000, "c1", "GOLD")
                .record("calls", 500, "c1", 5)
                .expectNothing("rows")
                .watermark(3_000)
                .expect(
                        "rows",
                        row("at", 500, "customerId", "c1", "cost", 5, "tier", "UNKNOWN"),
                        row("at", 1_500, "cost", 15, "tier", "SILVER"),
                        row("at", 3_000, "cost", 30, "tier", "GOLD"))
                .expectNothing("lateOnes", "failures")
                .verify();
    }

    @Test
    void aFieldThatIsNullInWhatIsRememberedIsNullAndNotAnEarlierOne() {
        byEventTime("ttl: 1h")
                .record("customers", 2_000, "c1", "GOLD", null)
                .record("customers", 1_000, "c1", "SILVER", "north")
                .record("calls", 2_500, "c1", 2)
                .record("calls", 1_500, "c1", 1)
                .record("calls", 2_500, "c2", 3)
                .watermark(3_000)
                .expect(
                        "rows",
                        row("cost", 1, "tier", "SILVER", "region", "north"),
                        row("cost", 2, "tier", "GOLD", "region", null),
                        row("cost", 3, "tier", "UNKNOWN", "region", null))
                .expectNothing("lateOnes", "failures")
                .verify();
    }

    @Test
    void bothInputsAreWaitedFor() {
        byEventTime("ttl: 1h")
                .record("customers", 1_000, "c1", "GOLD")
                .record("calls", 2_000, "c1", 1)
                .watermark("calls", 5_000)
                .expectNothing("rows")
                .watermark("customers", 2_000)
                .expect("rows", row("at", 2_000, "tier", "GOLD"))
                .verify();
    }

    @Test
    void aLateRecordOfEitherSideGoesToLateAlsoRightAfterARestore() {
        byEventTime("ttl: 1h")
                .record("customers", 1_000, "c1", "GOLD")
                .watermark(5_000)
                .crash()
                .record("calls", 4_000, "c1", 1)
                .record("customers", 5_000, "c1", "BRONZE")
                .expect(
                        "lateOnes",
                        row("stage", "enriched", "eventTime", 4_000),
                        row("stage", "enriched", "eventTime", 5_000))
                .record("calls", 5_001, "c1", 2)
                .watermark(6_000)
                .expect("rows", row("at", 5_001, "cost", 2, "tier", "GOLD"))
                .expectNothing("lateOnes", "failures")
                .verify();
    }

    @Test
    void aRememberedRecordCountsUntilItsTtlAfterItsLastUpdate() {
        byEventTime("ttl: 10s")
                .record("customers", 0, "c1", "SILVER")
                .record("customers", 5_000, "c1", "GOLD")
                .record("calls", 14_999, "c1", 1)
                .record("calls", 15_000, "c1", 2)
                .watermark(20_000)
                .expect("rows", row("cost", 1, "tier", "GOLD"), row("cost", 2, "tier", "UNKNOWN"))
                .record("calls", 21_000, "c1", 3)
                .end()
                .expect("rows", row("cost", 3, "tier", "UNKNOWN"))
                .verify();
    }

    @Test
    void aRecordThatDeletesEndsWhatIsRememberedFromItsTimeOn() {
        byEventTime("ttl: 1h\n    deleteWhere: 'tier == \"GONE\"'")
                .record("customers", 1_000, "c1", "GOLD")
                .record("customers", 5_000, "c1", "GONE")
                .record("customers", 5_000, "c2", "GONE")
                .record("calls", 4_999, "c1", 1)
                .record("calls", 5_000, "c1", 2)
                .record("calls", 6_000, "c2", 3)
                .watermark(6_000)
                .expect(
                        "rows",
                        row("cost", 1, "tier", "GOLD"),
                        row("cost", 2, "tier", "UNKNOWN"),
                        row("cost", 3, "tier", "UNKNOWN"))
                .record("customers", 7_000, "c1", "SILVER")
                .record("calls", 3_607_000 - 1, "c1", 4)
                .record("calls", 3_607_000, "c1", 5)
                .end()
                .expect("rows", row("cost", 4, "tier", "SILVER"), row("cost", 5, "tier", "UNKNOWN"))
                .expectNothing("lateOnes", "failures")
                .verify();
    }

    @Test
    void inOrderOfArrivalARecordThatDeletesDoesSoAtOnce() {
        scenario("order: arrival\n    deleteWhere: 'tier == \"GONE\"'", "")
                .record("customers", 1_000, "c1", "GOLD")
                .record("calls", 1_000, "c1", 1)
                .record("customers", 500, "c1", "GONE")
                .record("calls", 1_000, "c1", 2)
                .expect("rows", row("cost", 1, "tier", "GOLD"), row("cost", 2, "tier", "UNKNOWN"))
                .verify();
    }

    @Test
    void aRecordOfWhichItCannotBeSaidWhetherItDeletesGoesToErrors() {
        byEventTime("ttl: 1h\n    deleteWhere: '1 / (size(tier) - 4) > 5'")
                .record("customers", 1_000, "c1", "SILVER")
                .record("customers", 2_000, "c1", "GOLD")
                .record("calls", 3_000, "c1", 1)
                .end()
                .expect("rows", row("cost", 1, "tier", "SILVER"))
                .expect("failures", row("stage", "enriched", "code", "division-by-zero"))
                .verify();
    }

    @Test
    void inOrderOfArrivalARecordLeavesAtOnce() {
        scenario("order: arrival", "")
                .record("calls", 1_000, "c1", 1)
                .record("customers", 5_000, "c1", "GOLD")
                .record("calls", 1_000, "c1", 2)
                .expect("rows", row("cost", 1, "tier", "UNKNOWN"), row("cost", 2, "tier", "GOLD"))
                .verify();
    }
}
