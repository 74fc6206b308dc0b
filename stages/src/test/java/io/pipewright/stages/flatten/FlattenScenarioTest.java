package io.pipewright.stages.flatten;

import static io.pipewright.testkit.Scenario.row;

import io.pipewright.testkit.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlattenScenarioTest {

    private static Scenario scenario(String list) {
        return Scenario.of(
                """
                records:
                  Order:
                    fields: {at: timestamp, id: string, tags: "list<string>?", divisor: int}
                sources:
                  orders: {type: test, record: Order, time: at}
                stages:
                  tagged: {type: flatten, from: orders, list: '%s', name: tag}
                sinks:
                  rows: {type: test, from: tagged}
                  failures: {type: test, from: tagged.errors}
                errors: {default: deadLetter}
                """
                        .formatted(list));
    }

    @Test
    void everyElementIsARecordWithTheFieldsOfTheInput() {
        scenario("tags")
                .record("orders", 2_000, "o2", List.of("a", "b", "a"), 1)
                .record("orders", 1_000, "o1", List.of("c"), 1)
                .expect(
                        "rows",
                        row("at", 2_000, "id", "o2", "tag", "a"),
                        row("at", 2_000, "id", "o2", "tag", "b"),
                        row("at", 2_000, "id", "o2", "tag", "a"),
                        row("at", 1_000, "id", "o1", "tag", "c"))
                .expectNothing("failures")
                .verify();
    }

    @Test
    void aListThatIsEmptyOrNullGivesNoRecord() {
        scenario("tags")
                .record("orders", 1_000, "o1", List.of(), 1)
                .record("orders", 2_000, "o2", null, 1)
                .expectNothing("rows", "failures")
                .verify();
    }

    @Test
    void aListThatCannotBeMadeIsAFailure() {
        scenario("id.split(\"-\").filter(part, 1 / divisor > 0)")
                .record("orders", 1_000, "a-b", null, 0)
                .record("orders", 2_000, "c-d", null, 1)
                .expect("rows", row("id", "c-d", "tag", "c"), row("id", "c-d", "tag", "d"))
                .expect("failures", row("stage", "tagged", "code", "division-by-zero", "eventTime", 1_000))
                .verify();
    }
}
