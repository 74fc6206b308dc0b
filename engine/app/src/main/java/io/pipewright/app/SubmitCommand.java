package io.pipewright.app;

import io.pipewright.flink.JobFailure;
import io.pipewright.flink.JobRunner;
import io.pipewright.plan.LogicalGraph;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code flink run engine.jar} takes. */
@Command(
        name = "flink run engine.jar",
        description = "Submits a pipeline to the cluster that Flink's command line is set up for.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: flink run -d engine.jar --pipeline cxone.yaml --set volumeWindow=1m"})
final class SubmitCommand implements Callable<Integer> {

    @Option(names = "--pipeline", required = true, paramLabel = "FILE", description = "The pipeline's file.")
    Path pipeline = Path.of("");

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() throws JobFailure {
        LogicalGraph graph =
                options.load(pipeline, true, System.getenv(), spec.commandLine().getErr());
        OutsideWorld.require(graph, spec.commandLine().getErr());
        JobRunner.submit(graph, PluginLoader.jars());
        return ExitCode.FINE;
    }
}
