package io.pipewright.app;

import io.pipewright.diagnostic.VisibleText;
import io.pipewright.flink.JobRunner;
import io.pipewright.flink.LocalJob;
import io.pipewright.plan.LogicalGraph;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: a pipeline in this process, with Flink's web UI. */
@Command(
        name = "run",
        description = "Runs a pipeline here, in one process, with Flink's web UI.",
        footer = {"", "Example: pipewright run pipelines/cxone.yaml --set maxRate=2000/s"})
final class RunCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The pipeline's file.")
    Path file = Path.of("");

    @Mixin
    PipelineOptions options = new PipelineOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port of the web UI on 127.0.0.1; by default a free one.")
    int port;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        PrintWriter err = spec.commandLine().getErr();
        requireFreePort();
        LogicalGraph graph = options.load(file, true, System.getenv(), err);
        OutsideWorld.require(graph, err);
        Path home = Path.of(".pipewright").toAbsolutePath();
        try (LocalJob job = JobRunner.runHere(graph, PluginLoader.jars(), home, port)) {
            err.println("`" + graph.definition().name() + "` runs, web UI at " + job.webUi() + ", Ctrl-C ends it.");
            err.flush();
            String name = graph.definition().name();
            job.await(reason ->
                    err.println(VisibleText.lines("`" + name + "` has failed and is started again: " + reason)));
            err.println("`" + graph.definition().name() + "` has ended.");
        }
        return ExitCode.FINE;
    }

    private void requireFreePort() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "`--port " + port + "` is no port: give 1 to 65535.");
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.OUTSIDE,
                    "Port " + port + " of 127.0.0.1 is in use, or may not be used. Give another one with `--port`, or"
                            + " leave it out for a free one.");
        }
    }
}
