package io.pipewright.flink;

import io.pipewright.definition.PipelineDefinition;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.schema.PluginCatalog;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs a planned pipeline: on the cluster that the surroundings name, or in this process. */
public final class JobRunner {

    private JobRunner() {}

    /**
     * Submits to the cluster that Flink's command line, or the environment, is set up for.
     *
     * @param plugins jars that the cluster is given beside those that it has: the plugins', and the libraries that come
     *     with them
     */
    public static void submit(LogicalGraph graph, List<URL> plugins) throws JobFailure {
        PipelineDefinition definition = graph.definition();
        Configuration settings = JobSettings.of(definition.name(), definition.runtime());
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        requireCheckpointStorage(definition, environment);
        if (!plugins.isEmpty()) {
            addJars(plugins, environment);
        }
        FlinkTranslator.translate(graph, environment);
        try {
            environment.execute(definition.name());
        } catch (Exception e) {
            throw new JobFailure("`" + definition.name() + "` failed: " + RootCause.sentence(e), e);
        }
    }

    /** Beside the jar that Flink's command line runs, which is among the job's jars already. */
    private static void addJars(List<URL> plugins, StreamExecutionEnvironment environment) {
        List<String> jars = new ArrayList<>(
                environment.getConfiguration().getOptional(PipelineOptions.JARS).orElse(List.of()));
        plugins.forEach(jar -> jars.add(jar.toString()));
        environment.configure(new Configuration().set(PipelineOptions.JARS, jars));
    }

    private static void requireCheckpointStorage(PipelineDefinition definition, StreamExecutionEnvironment environment)
            throws JobFailure {
        boolean checkpoints = definition.runtime().checkpoint() != null;
        if (checkpoints && environment.getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY) == null) {
            throw new JobFailure(
                    "Checkpoints would be kept in the JobManager's memory, where they are lost with it and limited to"
                            + " 5 MiB a state. Set `execution.checkpointing.dir` on the cluster, or"
                            + " `runtime.checkpoint.dir` in the pipeline.",
                    null);
        }
    }

    /**
     * Runs a pipeline in this process, with Flink's web UI on 127.0.0.1.
     *
     * @param plugins jars of plugins that are not on this process's class path
     * @param home the folder below which checkpoints are kept, one folder a pipeline
     * @param port of the web UI, 0 for a free one
     */
    public static LocalJob runHere(LogicalGraph graph, List<URL> plugins, Path home, int port) throws JobFailure {
        PipelineDefinition definition = graph.definition();
        Path folder = home.resolve(folderName(definition.name()));
        Configuration settings = JobSettings.of(definition.name(), definition.runtime());
        settings.addAll(LocalJob.settings(folder, port));
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(settings, PluginCatalog.surroundings());
        Supplier<JobGraph> job = () -> {
            FlinkTranslator.translate(graph, environment);
            JobGraph translated = environment.getStreamGraph().getJobGraph(PluginCatalog.surroundings(), null);
            translated.setClasspaths(plugins);
            return translated;
        };
        return LocalJob.start(definition.name(), job, settings, slots(graph), folder);
    }

    /** A pipeline's name as the name of one folder: it may hold slashes and dots that would lead elsewhere. */
    private static String folderName(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replaceFirst("^\\.", "%2E");
    }

    private static int slots(LogicalGraph graph) {
        int parallelism = graph.definition().runtime().parallelism();
        return graph.nodes().stream()
                .mapToInt(node -> node.entry().parallelism().orElse(parallelism))
                .max()
                .orElse(parallelism);
    }
}
