package io.pipewright.bench.contender;

import io.pipewright.bench.feed.Part;
import io.pipewright.definition.Surroundings;
import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.PrettyFormatter;
import io.pipewright.flink.FlinkTranslator;
import io.pipewright.flink.JobSettings;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.plan.PipelineInput;
import io.pipewright.plan.PipelineInput.TextFile;
import io.pipewright.schema.PluginCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The pipeline as it is shipped, an overlay putting the feed and the tally in the place of Kafka and Cassandra. */
final class PipewrightJob implements ContenderJob {

    @Override
    public StreamExecutionEnvironment build(JobPlan plan) throws IOException {
        return build(plan, plan.part());
    }

    static StreamExecutionEnvironment build(JobPlan plan, Part part) throws IOException {
        return environment(graph(plan, part));
    }

    static StreamExecutionEnvironment environment(LogicalGraph graph) {
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(
                JobSettings.of(graph.definition().name(), graph.definition().runtime()));
        FlinkTranslator.translate(graph, environment);
        return environment;
    }

    static LogicalGraph graph(JobPlan plan, Part part) throws IOException {
        Path folder = Path.of(plan.home()).resolve("pipelines");
        Path file = folder.resolve("cxone.yaml");
        String overlay = PipelineOverlay.of(plan, part);
        return compile(
                folder,
                new TextFile(file.toString(), Files.readAllBytes(file)),
                List.of(new TextFile("bench overlay", overlay.getBytes(StandardCharsets.UTF_8))));
    }

    /** Compiles a pipeline as {@code run} does, with the bench's own plugins. */
    static LogicalGraph compile(Path folder, TextFile pipeline, List<TextFile> overlays) {
        PipelineInput input = new PipelineInput(pipeline, overlays, List.of());
        Checked<LogicalGraph> compiled = new PipelineCompiler(PluginCatalog.load(PipewrightJob.class.getClassLoader()))
                .compile(input, new Surroundings(folder, Map.of(), false));
        if (compiled.hasErrors()) {
            throw new IllegalStateException(new PrettyFormatter().format(compiled.diagnostics()));
        }
        return compiled.orElseThrow();
    }
}
