package com.example.onchange;

import static io.pipewright.testkit.Scenario.row;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pipewright.testkit.Scenario;
import org.junit.jupiter.api.Test;

/** The stage in small pipelines; each scenario is also run with crashes between its steps, and on RocksDB. */
class OnChangeTest {

    private static Scenario scenario(String options) {
        return Scenario.of(
                """
                records:
                  Reading:
                    fields: {at: timestamp, sensor: string, level: int}
                sources:
                  readings: {type: test, record: Reading, time: at}
                stages:
                  changes: {type: onChange, from: readings, %s}
                sinks:
                  rows: {type: test, from: changes}
                  lateOnes: {type: test, from: changes.late}
                  failures: {type: test, from: changes.errors}
                errors: {default: deadLetter}
                """
                        .formatted(options));
    }

    @Test
    void onlyChangesPassByEventTimeWhateverTheOrderOfArrival() {
        scenario("keyBy: [sensor], value: level, ttl: 1h")
                .record("readings", 3_000, "north", 2)
                .record("readings", 1_000, "north", 1)
                .record("readings", 2_000, "north", 1)
                .record("readings", 2_000, "south", 1)
                .watermark(5_000)
                .expect(
                        "rows",
                        row("at", 1_000, "sensor", "north", "level", 1),
                        row("at", 2_000, "sensor", "south", "level", 1),
                        row("at", 3_000, "sensor", "north", "level", 2))
                .record("readings", 4_000, "north", 7)
                .expect("lateOnes", row("level", 7))
                .expectNothing("rows", "failures")
                .verify();
    }

    @Test
    void aKeyIsForgottenItsTtlAfterItsLastRecord() {
        scenario("keyBy: [sensor], value: level, ttl: 10s")
                .record("readings", 1_000, "north", 1)
                .record("readings", 9_000, "north", 1)
                .record("readings", 18_000, "north", 1)
                .record("readings", 28_000, "north", 1)
                .end()
                .expect("rows", row("at", 1_000), row("at", 28_000))
                .expectNothing("lateOnes", "failures")
                .verify();
    }

    @Test
    void aRecordWithoutAValueIsAFailure() {
        scenario("keyBy: [sensor], value: 10 / level, ttl: 1h")
                .record("readings", 1_000, "north", 0)
                .watermark(1_000)
                .expect("failures", row("stage", "changes", "code", "division-by-zero", "eventTime", 1_000))
                .expectNothing("rows", "lateOnes")
                .verify();
    }

    @Test
    void aMisspeltFieldIsFound() {
        IllegalArgumentException findings =
                assertThrows(IllegalArgumentException.class, () -> scenario("keyBy: [sensr], value: level, ttl: 1h"));
        assertTrue(String.valueOf(findings.getMessage()).contains("`sensr`"), findings::getMessage);
    }
}
