package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.testkit.PipelineHarness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped pipeline in virtual time: its own text, its sources and sinks replaced; with each matcher of patterns. */
class CxoneInVirtualTimeTest {

    private static final Path FILE = Path.of(System.getProperty("pipewright.root"), "pipelines", "cxone.yaml");

    private PipelineHarness pipeline;

    private void start(String matcher) {
        pipeline = PipelineHarness.start(graph(matcher));
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void threeFailuresAndThenACallbackMakeOneAlertWithTheTierKnownThen(String matcher) {
        start(matcher);
        customer(500, "c1", "GOLD");
        interaction(1_000, "c1", "VOICE", "FAILURE");
        interaction(2_000, "c1", "VOICE", "FAILURE");
        pipeline.crash();
        interaction(3_000, "c1", "CHAT", "FAILURE");
        interaction(4_000, "c1", "CHAT", "CALLBACK_REQUEST");
        pipeline.watermark(5_000);

        assertThat(pipeline.take("alertsTable")).singleElement().satisfies(alert -> assertThat(alert)
                .containsEntry("customerId", "c1")
                .containsEntry("channel", "CHAT")
                .containsEntry("timestamp", Instant.ofEpochMilli(4_000))
                .containsEntry("tier", "GOLD")
                .containsEntry("failureCount", 3L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void interactionsAreCountedByChannelAlsoOfUnknownCallers(String matcher) {
        start(matcher);
        interaction(1_000, null, "VOICE", "OK");
        interaction(9_999, "c1", "VOICE", null);
        interaction(5_000, "c1", "CHAT", "OK");
        pipeline.watermark(10_000);

        assertThat(pipeline.take("volumesTable"))
                .extracting(row -> row.get("channel") + " " + row.get("volume"))
                .containsExactlyInAnyOrder("VOICE 2", "CHAT 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void aLateInteractionIsToldByEveryStageThatMissedIt(String matcher) {
        start(matcher);
        pipeline.watermark(60_000);
        pipeline.crash();
        interaction(1_000, "c1", "VOICE", "OK");

        assertThat(pipeline.take("lateRecords"))
                .extracting(row -> row.get("stage"))
                .containsExactlyInAnyOrder("volumes", "enriched");
        pipeline.end();
        assertThat(pipeline.take("volumesTable")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "flinkCep"})
    void anInteractionWithoutAChannelIsADeadLetter(String matcher) {
        start(matcher);
        interaction(1_000, "c1", null, "OK");

        assertThat(pipeline.take("deadLetters")).singleElement().satisfies(failure -> assertThat(failure)
                .containsEntry("stage", "routing")
                .containsEntry("code", "cannot-narrow"));
    }

    private void customer(long time, String id, String tier) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "recordType", "customer_update", "customerId", id, "tier", tier, "region", "EU", "timestamp", time));
        pipeline.record("events", time, values);
    }

    private void interaction(long time, String customer, String channel, String status) {
        Map<String, Object> values =
                new HashMap<>(Map.of("recordType", "interaction", "interactionId", "i" + time, "timestamp", time));
        values.put("customerId", customer);
        values.put("channel", channel);
        values.put("status", status);
        pipeline.record("events", time, values);
    }

    private static LogicalGraph graph(String matcher) {
        String overlay = "stages: {repeatedFailures: {matcher: " + matcher + "}}";
        Checked<LogicalGraph> graph = new PipelineCompiler(
                        PluginCatalog.load(CxoneInVirtualTimeTest.class.getClassLoader()))
                .compile(
                        new PipelineInput(
                                new PipelineInput.TextFile("cxone.yaml", bytes()),
                                List.of(new PipelineInput.TextFile(
                                        "matcher.yaml", overlay.getBytes(StandardCharsets.UTF_8))),
                                List.of()),
                        new Surroundings(
                                FILE.getParent(),
                                Map.of(
                                        "KAFKA_BOOTSTRAP",
                                        "127.0.0.1:1",
                                        "CXONE_CLIENT_ID",
                                        "id",
                                        "CXONE_ACTION_ID",
                                        "action"),
                                false));
        assertThat(graph.hasErrors())
                .as(new PrettyFormatter().format(graph.diagnostics()))
                .isFalse();
        return graph.value().orElseThrow();
    }

    private static byte[] bytes() {
        try {
            return Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
