package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.flink.FlinkTranslator;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.plan.PipelineInput.TextFile;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.testkit.PipelineHarness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is added to records is computed where somebody sees it, and nobody sees that it is not elsewhere. */
class SeenWhereTest {

    private static final String EMIT = "tier: 'callback[0].tier', failures: size(failure)";

    private static final String PIPELINE =
            """
            apiVersion: pipeline/v1
            name: seen
            records:
              Call: {fields: {customer: string, status: string, number: long, at: timestamp}}
              Customer: {fields: {id: string, tier: string, region: string, at: timestamp}}
            sources:
              calls: {type: generate, record: Call, eventTime: {field: at, outOfOrderness: 1s}}
              customers: {type: generate, record: Customer, eventTime: {field: at, outOfOrderness: 1s}}
            stages:
              enriched:
                type: enrich
                from: calls
                with: customers
                name: known
                keyBy: {from: [customer], with: [id]}
                ttl: 10s
                order: %s
                missing: %s
                add: {tier: '%s', region: known.region}
              alerts:
                type: cep
                from: enriched
                keyBy: [customer]
                steps:
                  - {id: failure, where: '%s', times: 1..2}
                  - {id: callback, where: 'status == "C"', contiguity: followedBy}
                within: 30s
                afterMatch: {skip: pastLast}
                emit: {%s}
            sinks:
              rows: {type: discard, from: alerts}
              lateOnes: {type: discard, from: late}
              failed: {type: discard, from: errors}
              more: {type: discard, from: %s}
            errors: {default: deadLetter}
            """;

    private static final String TIER = "orElse(known.tier, \"NONE\")";
    private static final String FAILED = "status == \"F\"";

    private static LogicalGraph graph(
            String order, String missing, String tier, String failed, String emit, String more) {
        String text = PIPELINE.formatted(order, missing, tier, failed, emit, more);
        TextFile file = new TextFile("seen.yaml", text.getBytes(StandardCharsets.UTF_8));
        Checked<LogicalGraph> checked = new PipelineCompiler(PluginCatalog.load(SeenWhereTest.class.getClassLoader()))
                .compile(
                        new PipelineInput(file, List.of(), List.of()), new Surroundings(Path.of("."), Map.of(), false));
        assertThat(checked.hasErrors())
                .as(new PrettyFormatter().format(checked.diagnostics()))
                .isFalse();
        return checked.orElseThrow();
    }

    private static @Nullable String lookedUp(LogicalGraph graph) {
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment();
        FlinkTranslator.translate(graph, environment);
        String description = environment.getStreamGraph().getStreamNodes().stream()
                .filter(node -> node.getOperatorName().startsWith("enriched"))
                .map(StreamNode::getOperatorDescription)
                .findFirst()
                .orElseThrow();
        int where = description.indexOf("where ");
        return where < 0 ? null : description.substring(where + "where ".length());
    }

    @Test
    void onlyRecordsOfTheStepsThatShowItAreLookedUp() {
        assertThat(lookedUp(graph("eventTime", "keep", TIER, FAILED, EMIT, "alerts")))
                .isEqualTo("status == \"C\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "somebody else reads all | eventTime | keep | enriched",
                "late records may show it | arrival | keep | alerts",
                "what is not known is dropped | eventTime | drop | alerts"
            })
    void allAreLookedUpWhereThePipelineShowsThem(String reason, String order, String missing, String more) {
        String tier = missing.equals("drop") ? "known.tier" : TIER;
        assertThat(lookedUp(graph(order, missing, tier, FAILED, EMIT, more)))
                .as(reason)
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a condition reads it | TIER | tier == \"GOLD\"",
                "a condition may fail, and the failure shows it | TIER | number / number == 1",
                "to compute it may fail | string(10 / size(orElse(known.tier, \"\"))) | FAILED"
            })
    void allAreLookedUpWhereAnExpressionNeedsThem(String reason, String tier, String failed) {
        assertThat(lookedUp(graph(
                        "eventTime",
                        "keep",
                        tier.equals("TIER") ? TIER : tier,
                        failed.equals("FAILED") ? FAILED : failed,
                        EMIT,
                        "alerts")))
                .as(reason)
                .isNull();
    }

    /** A partial match that is told shows all events that were taken. */
    @Test
    void everyStepThatIsShownIsLookedUp() {
        String both = "status == \"F\" or status == \"C\"";
        String emit = "first: 'failure[0].tier', number: 'callback[0].number'";
        assertThat(lookedUp(graph("eventTime", "keep", TIER, FAILED, emit, "alerts")))
                .isEqualTo(both);
        assertThat(lookedUp(graph("eventTime", "keep", TIER, FAILED, EMIT, "alerts.timedOut")))
                .isEqualTo(both);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void matchesAreThoseOfAPipelineThatLooksUpAll(long seed) {
        LogicalGraph some = graph("eventTime", "keep", TIER, FAILED, EMIT, "alerts");
        LogicalGraph all = graph("eventTime", "keep", TIER, FAILED, EMIT, "enriched");

        List<Map<String, @Nullable Object>> rows = rows(some, seed);

        assertThat(rows).isEqualTo(rows(all, seed)).hasSizeGreaterThan(20);
        assertThat(rows).extracting(row -> row.get("tier")).contains("NONE").anyMatch(tier -> !"NONE".equals(tier));
    }

    private static List<Map<String, @Nullable Object>> rows(LogicalGraph graph, long seed) {
        Random random = new Random(seed);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        try (PipelineHarness pipeline = PipelineHarness.start(graph)) {
            for (int i = 1; i <= 1_500; i++) {
                long time = 100_000 + i * 50L - random.nextInt(900);
                String who = "c" + random.nextInt(20);
                if (random.nextInt(10) == 0) {
                    pipeline.record(
                            "customers", time, Map.of("id", who, "tier", "T" + i, "region", "R" + i, "at", time));
                } else {
                    String status = String.valueOf("FCX".charAt(random.nextInt(3)));
                    pipeline.record("calls", time, Map.of("customer", who, "status", status, "number", i, "at", time));
                }
                if (i % 100 == 0) {
                    pipeline.watermark(100_000 + i * 50L - 1_000);
                }
                if (random.nextInt(200) == 0) {
                    pipeline.crash();
                }
            }
            pipeline.end();
            rows.addAll(pipeline.take("rows"));
        }
        return rows;
    }
}
