package io.pipewright.app;

import io.pipewright.diagnostic.Checked;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code show}: the pipeline that a run would get. */
@Command(
        name = "show",
        description =
                "Prints the pipeline that a run would get: after overlays and --set, with known values of variables"
                        + " and of the environment in their place, and secrets as dots.",
        footer = {"", "Example: pipewright show pipelines/cxone.yaml --overlay pipelines/prod.yaml"})
final class ShowCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The pipeline's file.")
    Path file = Path.of("");

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        Checked<String> shown = options.show(file, System.getenv());
        PipelineOptions.print(shown.diagnostics(), spec.commandLine().getErr());
        if (options.fails(shown.diagnostics())) {
            throw new CommandFailure(ExitCode.FINDINGS, PipelineOptions.summary(file, shown.diagnostics()));
        }
        spec.commandLine().getOut().print(shown.orElseThrow());
        spec.commandLine().getOut().flush();
        return ExitCode.FINE;
    }
}
