package io.pipewright.app;

import io.pipewright.sandbox.SandboxException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: the first pipeline on real servers, compared with an oracle. */
@Command(
        name = "demo",
        description = "Runs pipelines/cxone.yaml on servers of its own, and compares what it wrote with an oracle.%n"
                + "A real Kafka, Cassandra and Flink are started here and fed with generated events.",
        footer = {"", "Example: pipewright demo --events 200000 --rate 20000/s --report report.json"})
final class DemoCommand implements Callable<Integer> {

    @Option(names = "--events", paramLabel = "N", description = "How many events, 100 to 2000000 (${DEFAULT-VALUE}).")
    int events = 10_000;

    @Option(names = "--seed", paramLabel = "S", description = "Equal seeds give equal events (${DEFAULT-VALUE}).")
    long seed = 42;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Sets the variable maxRate, such as 20000/s; by default the file's own.")
    @Nullable
    String rate;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes counts and times as JSON.")
    @Nullable
    Path report;

    @Option(names = "--keep", description = "Leaves the servers running at the end, until Ctrl-C.")
    boolean keep;

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (events < 100 || events > 2_000_000) {
            throw new ParameterException(
                    spec.commandLine(), "`--events " + events + "` is out of range: give 100 to 2000000.");
        }
        requireWritable(report);
        if (rate != null) {
            options.settings.add("maxRate=" + rate);
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Demo demo = new Demo(Home.find(), options, events, seed, out)) {
            DemoReport result = demo.run();
            if (report != null) {
                write(result, report);
            }
            out.println(result.text());
            out.flush();
            if (keep) {
                demo.waitForInterrupt();
            }
            return result.isEqual() ? ExitCode.FINE : ExitCode.FINDINGS;
        } catch (SandboxException e) {
            throw new CommandFailure(ExitCode.OUTSIDE, String.valueOf(e.getMessage()));
        }
    }

    /** Says at once what would else be found when all is done. */
    private static void requireWritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean fits = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isWritable(folder);
        if (!fits) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "The report cannot be written to `" + file + "`. Name a file in a folder that is there and may be"
                            + " written to.");
        }
    }

    private static void write(DemoReport result, Path file) {
        try {
            result.write(file);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.USAGE, "The report cannot be written to `" + file + "`: " + e.getMessage() + ".");
        }
    }
}
