package io.pipewright.app;

import io.pipewright.diagnostic.Checked;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.GithubFormatter;
import io.pipewright.diagnostic.JsonFormatter;
import io.pipewright.diagnostic.SarifFormatter;
import io.pipewright.plan.LogicalGraph;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code validate}: everything wrong with some pipelines, offline. */
@Command(
        name = "validate",
        description = "Checks pipelines without running them.",
        footer = {"", "Example: pipewright validate pipelines/cxone.yaml"})
final class ValidateCommand implements Callable<Integer> {

    /** How findings are printed. */
    enum Format {
        pretty,
        json,
        sarif,
        github
    }

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The pipelines' files.")
    List<Path> files = List.of();

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Option(names = "--format", description = "How findings are printed: ${COMPLETION-CANDIDATES}.")
    Format format = Format.pretty;

    @Option(names = "--strict-env", description = "An environment variable that is not set is an error.")
    boolean strictEnvironment;

    @Option(names = "--connect", description = "Also asks the servers that the pipeline names.")
    boolean connect;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Diagnostics all = Diagnostics.none();
        boolean outside = false;
        for (Path file : files) {
            Checked<LogicalGraph> checked = options.compile(file, strictEnvironment || connect, System.getenv());
            all = all.plus(checked.diagnostics());
            if (format == Format.pretty) {
                PipelineOptions.print(checked.diagnostics(), out);
                out.println(PipelineOptions.summary(file, checked.diagnostics()));
            }
            if (connect && !checked.hasErrors()) {
                PrintWriter lines =
                        format == Format.pretty ? out : spec.commandLine().getErr();
                outside |= !OutsideWorld.problems(checked.orElseThrow(), lines).isEmpty();
            }
        }
        out.print(
                switch (format) {
                    case pretty -> "";
                    case json -> new JsonFormatter().format(all);
                    case sarif -> new SarifFormatter(Main.VERSION).format(all);
                    case github -> new GithubFormatter().format(all);
                });
        out.flush();
        if (options.fails(all)) {
            return ExitCode.FINDINGS;
        }
        return outside ? ExitCode.OUTSIDE : ExitCode.FINE;
    }
}
