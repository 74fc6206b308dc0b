package io.pipewright.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graph}: the picture of a pipeline, as text for Mermaid or Graphviz. */
@Command(
        name = "graph",
        description = "Draws a pipeline: its entries with keys and windows, and the ports between them.",
        footer = {"", "Example: pipewright graph pipelines/cxone.yaml --format dot | dot -Tsvg > cxone.svg"})
final class GraphCommand implements Callable<Integer> {

    /** What the picture is drawn with. */
    enum Format {
        mermaid,
        dot
    }

    @Parameters(paramLabel = "FILE", description = "The pipeline's file.")
    Path file = Path.of("");

    @Option(names = "--format", description = "The language of the picture: ${COMPLETION-CANDIDATES}.")
    Format format = Format.mermaid;

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        GraphPicture picture = GraphPicture.of(
                options.load(file, false, System.getenv(), spec.commandLine().getErr()));
        out.print(format == Format.dot ? DotDrawing.of(picture) : MermaidDrawing.of(picture));
        out.flush();
        return ExitCode.FINE;
    }
}
