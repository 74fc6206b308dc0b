package io.pipewright.stages;

import static org.assertj.core.api.Assertions.assertThat;

import io.pipewright.definition.Surroundings;
import io.pipewright.flink.FlinkTranslator;
import io.pipewright.flink.JobSettings;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where records go through the network: only where they have to. */
class ExchangesTest {

    private static final String PIPELINE =
            """
            apiVersion: pipeline/v1
            name: exchanges
            records:
              Call: {fields: {at: {type: timestamp, format: millis}, customer: string, agent: string, cost: long}}
              Customer: {fields: {at: {type: timestamp, format: millis}, id: string, group: string, tier: string}}
            sources:
              calls: {type: file, path: calls.jsonl, format: {type: json, record: Call}, eventTime: {field: at}}
              customers: {type: file, path: customers.jsonl, format: {type: json, record: Customer}, eventTime: {field: at}}
            stages:
              enriched:
                type: enrich
                from: calls
                with: customers
                name: known
                keyBy: {from: [customer, agent], with: [id, group]}
                ttl: 1d
                add: %s
              dear: {type: filter, from: enriched, where: cost > 10%s}
              again:
                type: enrich
                from: %s
                with: customers
                name: known
                keyBy: {from: %s, with: [id, group]}
                ttl: 1d
                add: {group: known.group}%s
            sinks:
              out: {type: file, from: [again], path: out, format: {type: json}}
              failed: {type: file, from: errors, path: failed, format: {type: json}}
            errors: {default: deadLetter}
            runtime: {parallelism: 2}
            """;

    /** What a job of this pipeline sends in any case. */
    private static final List<String> SENT = List.of(
            "calls/split > enriched/table HASH",
            "customers/split > enriched/table HASH",
            "customers/split > again/table HASH");

    private static StreamGraph build(LogicalGraph graph) {
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(
                JobSettings.of(graph.definition().name(), graph.definition().runtime()));
        FlinkTranslator.translate(graph, environment);
        return environment.getStreamGraph();
    }

    private static List<String> exchanges(StreamGraph graph) {
        List<String> exchanges = new ArrayList<>();
        for (StreamNode node : graph.getStreamNodes()) {
            for (StreamEdge edge : node.getInEdges()) {
                if (!(edge.getPartitioner() instanceof ForwardPartitioner)) {
                    exchanges.add(graph.getStreamNode(edge.getSourceId()).getTransformationUID() + " > "
                            + node.getTransformationUID() + " " + edge.getPartitioner());
                }
            }
        }
        return exchanges;
    }

    private static List<String> exchanges(String add, String dear, String from, String keyBy, String again) {
        String text = PIPELINE.formatted(add, dear, from, keyBy, again);
        return exchanges(build(PipelineRun.compile(text).orElseThrow())).stream()
                .filter(exchange -> !exchange.contains("failed/"))
                .toList();
    }

    @Test
    void cxoneSendsARecordThroughTheNetworkOncePerKey() throws IOException {
        Path folder = Path.of("..", "pipelines");
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP", "localhost:9092",
                "CXONE_CLIENT_ID", "id",
                "CXONE_CLIENT_SECRET", "secret",
                "CXONE_ACTION_ID", "1");
        StreamGraph graph = build(new PipelineCompiler(PluginCatalog.load(ExchangesTest.class.getClassLoader()))
                .compile(
                        "cxone.yaml",
                        Files.readAllBytes(folder.resolve("cxone.yaml")),
                        List.of(),
                        new Surroundings(folder, environment, true))
                .orElseThrow());
        assertThat(exchanges(graph))
                .containsExactlyInAnyOrder(
                        "volumes/partials > volumes/panes HASH",
                        "volumes/partials > volumes/panes HASH",
                        "identified/condition > enriched/table HASH",
                        "routing/rules > enriched/table HASH");
        assertThat(graph.getJobGraph().getVerticesSortedTopologicallyFromSources())
                .extracting(JobVertex::getName)
                .filteredOn(name -> name.contains("enriched (enrich table)"))
                .singleElement()
                .asString()
                .contains("repeatedFailures (cep sequence)", "alertsTable");
    }

    @Test
    void aPartitioningIsTakenOverAlsoThroughAFilter() {
        assertThat(exchanges("{tier: known.tier}", "", "enriched", "[customer, agent]", ""))
                .containsExactlyInAnyOrderElementsOf(SENT);
        assertThat(exchanges("{tier: known.tier}", "", "dear", "[customer, agent]", ""))
                .containsExactlyInAnyOrderElementsOf(SENT);
    }

    @Test
    void anotherOrderOfTheFieldsIsAnotherKey() {
        assertThat(exchanges("{tier: known.tier}", "", "dear", "[agent, customer]", ""))
                .contains("dear/condition > again/table HASH");
        assertThat(exchanges("{tier: known.tier}", "", "enriched", "[agent, customer]", ""))
                .contains("enriched/table > again/table HASH");
    }

    @Test
    void aKeyFieldThatWasReplacedIsAnotherKey() {
        assertThat(exchanges("{agent: 'orElse(known.tier, agent)'}", "", "dear", "[customer, agent]", ""))
                .contains("dear/condition > again/table HASH");
    }

    @Test
    void atAnotherParallelismRecordsBelongElsewhere() {
        assertThat(exchanges("{tier: known.tier}", "", "dear", "[customer, agent]", "\n    parallelism: 3"))
                .contains("dear/condition > again/table HASH");
        assertThat(exchanges("{tier: known.tier}", ", parallelism: 3", "dear", "[customer, agent]", ""))
                .contains("enriched/table > dear/condition REBALANCE", "dear/condition > again/table HASH");
        assertThat(exchanges(
                        "{tier: known.tier}", ", parallelism: 3", "dear", "[customer, agent]", "\n    parallelism: 3"))
                .contains("enriched/table > dear/condition REBALANCE", "dear/condition > again/table HASH");
    }

    @Test
    void aUnionIsPartitionedAnew() {
        assertThat(exchanges("{tier: known.tier}", "", "[dear, dear.rejected]", "[customer, agent]", ""))
                .contains("dear/condition > again/table HASH");
    }

    @Test
    void takenOverRecordsFindTheStateOfTheirKeys(@TempDir Path folder) throws Exception {
        StringBuilder calls = new StringBuilder();
        StringBuilder customers = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            String at = "{\"at\":" + (1_700_000_000_000L + i);
            customers.append(at + ",\"id\":\"c" + i + "\",\"group\":\"a\",\"tier\":\"t" + i + "\"}\n");
            calls.append(at + ",\"customer\":\"c" + i + "\",\"agent\":\"a\",\"cost\":20}\n");
        }
        Files.writeString(folder.resolve("calls.jsonl"), calls);
        Files.writeString(folder.resolve("customers.jsonl"), customers);
        String text = PIPELINE.formatted("{tier: known.tier}", "", "dear", "[customer, agent]", "")
                .replace("path: ", "path: " + folder + "/")
                .replace("/out, ", "/out, single: true, ");
        PipelineRun.finish(text, folder.resolve("home"));
        assertThat(Files.readAllLines(folder.resolve("out"))).hasSize(60).allSatisfy(line -> assertThat(line)
                .contains("\"group\":\"a\"", "\"tier\":\"t"));
    }
}
