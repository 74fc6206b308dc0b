package io.pipewright.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The demo from its servers' start to its report, as a user runs it. */
@Order(5)
class DemoIT {

    @Test
    void everyRowIsAsTheOracleSaysAlsoAfterEditsOfTheYaml() throws Exception {
        JsonNode plain = demo();
        assertThat(plain.path("events").asInt()).isEqualTo(5_000);
        assertThat(plain.path("rows").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("volumes", "alerts", "late", "failures");
        assertThat(plain.path("secondsSinceStart").path("firstResult").asDouble())
                .isPositive();

        JsonNode edited = demo("--set", "volumeWindow=30s", "--set", "stages.repeatedFailures.steps.failure.times=2");
        assertThat(found(edited, "volumes")).isLessThan(found(plain, "volumes"));
        assertThat(found(edited, "alerts")).isGreaterThan(found(plain, "alerts"));
    }

    private static int found(JsonNode report, String kind) {
        return report.path("rows").path(kind).path("found").asInt();
    }

    /** Runs the demo with few events; gives its report. */
    private static JsonNode demo(String... more) throws Exception {
        Path file = TestPlace.folder("demo").resolve("report.json");
        List<String> arguments = new ArrayList<>(
                List.of("demo", "--events", "5000", "--seed", "7", "--rate", "20000/s", "--report", file.toString()));
        arguments.addAll(Arrays.asList(more));
        Launched demo = Launched.run(Map.of(), arguments.toArray(String[]::new));
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        demo.awaitNoDescendants(Duration.ofSeconds(90));
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        assertThat(report.path("equal").asBoolean()).as(demo.output()).isTrue();
        report.path("rows").forEach(kind -> {
            assertThat(kind.path("found").asInt()).isPositive();
            assertThat(kind.path("equal").asInt())
                    .isEqualTo(kind.path("expected").asInt());
        });
        return report;
    }
}
