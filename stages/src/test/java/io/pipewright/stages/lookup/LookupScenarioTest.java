package io.pipewright.stages.lookup;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.GivenAnswer;
import io.pipewright.testkit.Scenario;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookupScenarioTest {

    private static Scenario scenario(String options) {
        return Scenario.of(
                        """
                connections:
                  crm: {type: http, baseUrl: "http://crm.example/api"}
                records:
                  Call:
                    fields: {at: timestamp, customerId: string?, cost: long}
                  Profile:
                    fields: {tier: string, discount: long?}
                sources:
                  calls: {type: test, record: Call, time: at}
                stages:
                  known:
                    type: lookup
                    from: calls
                    server: {type: http, connection: crm, path: "/customers/{id}", format: {type: json, record: Profile}}
                    key: {id: customerId}
                    name: profile
                    %s
                sinks:
                  rows: {type: test, from: known}
                  failures: {type: test, from: known.errors}
                errors: {default: deadLetter}
                """
                                .formatted(options))
                .answer("known", found("c1", "GOLD", 5))
                .answer("known", found("c2", "SILVER", null))
                .answer("known", new GivenAnswer.Refused(Map.of("id", "c3"), "status 403"));
    }

    private static GivenAnswer found(String id, String tier, Integer discount) {
        return new GivenAnswer.Found(Map.of("id", id), row("tier", tier, "discount", discount));
    }

    @Test
    void aRecordGetsWhatTheServerSaysAndKeepsItsOwnFields() {
        scenario("add: {tier: 'orElse(profile.tier, \"UNKNOWN\")', price: 'cost - orElse(profile.discount, 0)'}")
                .record("calls", 1_000, "c1", 30)
                .record("calls", 500, "c2", 20)
                .record("calls", 2_000, "c9", 10)
                .watermark(3_000)
                .expect(
                        "rows",
                        row("at", 1_000, "customerId", "c1", "cost", 30, "tier", "GOLD", "price", 25),
                        row("at", 500, "customerId", "c2", "tier", "SILVER", "price", 20),
                        row("at", 2_000, "customerId", "c9", "tier", "UNKNOWN", "price", 10))
                .expectNothing("failures")
                .verify();
    }

    @Test
    void whatTheServerDoesNotKnowIsDroppedIfAskedFor() {
        scenario("missing: drop\n    add: {tier: profile.tier}")
                .record("calls", 1_000, "c9", 30)
                .record("calls", 2_000, "c1", 20)
                .expect("rows", row("customerId", "c1", "tier", "GOLD"))
                .end()
                .expectNothing("rows", "failures")
                .verify();
    }

    @Test
    void aNullKeyAsksNothing() {
        scenario("add: {tier: 'orElse(profile.tier, \"UNKNOWN\")'}")
                .record("calls", 1_000, null, 30)
                .expect("rows", row("customerId", null, "tier", "UNKNOWN"))
                .expectNothing("failures")
                .verify();
    }

    @Test
    void whatTheServerRefusesGoesToErrorsAndTheOthersGoOn() {
        scenario("add: {tier: 'orElse(profile.tier, \"UNKNOWN\")'}")
                .record("calls", 1_000, "c3", 30)
                .record("calls", 2_000, "c1", 20)
                .expect(
                        "failures",
                        row("stage", "known", "code", "refused", "reason", "status 403", "eventTime", 1_000))
                .expect("rows", row("customerId", "c1", "tier", "GOLD"))
                .verify();
    }

    @Test
    void anExpressionWithoutAValueSendsTheRecordToErrors() {
        scenario("add: {share: 'cost / (orElse(profile.discount, 5) - 5)'}")
                .record("calls", 1_000, "c1", 30)
                .expect("failures", row("code", "division-by-zero"))
                .expectNothing("rows")
                .verify();
    }
}
