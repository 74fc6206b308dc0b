package io.pipewright.app;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * Runs the commands that need no Flink, so that the launcher can make an archive of the classes that they load. Says
 * nothing, and fails if one of them does.
 *
 * <p>Pictures are not drawn: the dump of JDK 17 crashes on lambdas of the layout library's classes.
 */
final class Rehearsal {

    private Rehearsal() {}

    public static void main(String[] args) {
        Path pipeline = Home.find().resolve("pipelines/cxone.yaml");
        for (List<String> command : commands(pipeline.toString())) {
            CommandLine line = Main.commandLine(command.toArray(String[]::new));
            line.setOut(new PrintWriter(Writer.nullWriter()));
            line.setErr(new PrintWriter(Writer.nullWriter()));
            int exitCode = line.execute(command.toArray(String[]::new));
            if (exitCode > ExitCode.FINDINGS) {
                throw new IllegalStateException("`" + String.join(" ", command) + "` ends with " + exitCode);
            }
        }
    }

    private static List<List<String>> commands(String pipeline) {
        return List.of(
                List.of("--help"),
                List.of("validate", pipeline),
                List.of("validate", pipeline, "--set", "stages.repeatedFailures.steps.failure.where=statuz == 1"),
                List.of("validate", pipeline, "--set", "stages.volumes.windw=1m", "--format", "json"),
                List.of("show", pipeline),
                List.of("graph", pipeline),
                List.of("fmt", "--check", pipeline),
                List.of("list"),
                List.of("describe", "window"),
                List.of("schema"),
                List.of("explain", "unknown-option"));
    }
}
