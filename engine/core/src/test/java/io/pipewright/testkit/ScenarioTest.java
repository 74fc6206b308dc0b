package io.pipewright.testkit;

import static io.pipewright.testkit.Scenario.row;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pipewright.schema.PluginCatalog;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    private static final PluginCatalog PLUGINS =
            PluginCatalog.load(ScenarioTest.class.getClassLoader()).with(List.of(new CountingStage()), List.of());

    private static Scenario scenario(String memory) {
        return Scenario.of(
                """
                records:
                  Event: {fields: {at: timestamp, name: "string?", cost: long}}
                sources:
                  events: {type: test, record: Event, time: at}
                stages:
                  counted: {type: counting, from: events, memory: %s}
                sinks:
                  rows: {type: test, from: counted}
                """
                        .formatted(memory),
                PLUGINS);
    }

    @Test
    void expectationsCountRowsSinceTheLastOneInAnyOrderByTheNamedFields() {
        scenario("state")
                .record("events", 1_000, "a", 7)
                .record("events", 2_000, null, 8)
                .expect("rows", row("name", null, "cost", 8), row("name", "a", "at", 1_000))
                .record("events", 3_000, "c", 9)
                .expect("rows", row("count", 3))
                .end()
                .expectNothing("rows")
                .verify();
    }

    @Test
    void aMissingAndAnUnexpectedRowAreToldWithTheStep() {
        assertThatThrownBy(() -> scenario("state")
                        .record("events", 1_000, "a", 7)
                        .expect("rows", row("name", "b"))
                        .verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(
                        "undisturbed, step 2 (expect rows): `rows` got [{at=1970-01-01T00:00:01Z, name=a,")
                .hasMessageContaining("missing [{name=b}], unexpected [{at=");
    }

    @Test
    void aStageThatForgetsInACrashIsFoundOutByTheCrashes() {
        assertThatThrownBy(() -> scenario("object")
                        .record("events", 1_000, "a", 7)
                        .record("events", 2_000, "b", 8)
                        .expect("rows", row("count", 1), row("count", 2))
                        .verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("with a crash after every step, step 3 (expect rows)");
    }

    @Test
    void theFindingsOfAWrongPipelineAreTheMessage() {
        assertThatThrownBy(() -> scenario("state\n    form: events"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("error[");
    }

    @Test
    void moreValuesThanFieldsAreRefused() {
        assertThatThrownBy(() -> scenario("state").record("events", 1_000, "a", 7, 8))
                .hasMessage("record events@1000 [a, 7, 8]: there are more values than fields.");
    }
}
