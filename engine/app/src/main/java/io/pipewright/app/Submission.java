package io.pipewright.app;

import java.util.Arrays;
import picocli.CommandLine;

/**
 * The main class of {@code engine.jar}, which {@code flink run} calls in the process of Flink's command line: checks the
 * pipeline and the outside world, then submits.
 */
public final class Submission {

    private Submission() {}

    public static void main(String[] args) {
        CommandLine line = Main.commandLineOf(new SubmitCommand())
                .setOut(Main.printer(System.out))
                .setErr(Main.printer(System.err));
        int exit = line.execute(args);
        if (exit == ExitCode.FINE) {
            return;
        }
        if (runsInFlinkCommandLine()) {
            line.getErr().flush();
            System.exit(exit);
        }
        throw new CommandFailure(exit, "The pipeline was not submitted; the reason is in this process's output.");
    }

    /** Ending the process is right in {@code flink run}, and fatal where a JobManager runs this method. */
    private static boolean runsInFlinkCommandLine() {
        return Arrays.stream(Thread.currentThread().getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals("org.apache.flink.client.cli.CliFrontend"));
    }
}
