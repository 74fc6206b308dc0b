package io.pipewright.app;

import io.pipewright.flink.JobFailure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The main class of the launcher {@code ./pipewright}. */
@Command(
        name = "pipewright",
        description = "Streaming pipelines for Apache Flink, written in YAML.",
        mixinStandardHelpOptions = true,
        version = "pipewright " + Main.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ValidateCommand.class,
            ExplainCommand.class,
            ShowCommand.class,
            ListCommand.class,
            DescribeCommand.class,
            SchemaCommand.class,
            GraphCommand.class,
            NewCommand.class,
            FmtCommand.class
        })
public final class Main implements Runnable {

    static final String VERSION = "0.1.0";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandLine.Model.CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new CommandFailure(ExitCode.USAGE, "Name a command.");
    }

    /** A command line that answers wrong flags and failures as all commands do: one message, the right exit code. */
    static CommandLine commandLine(Object command) {
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(Main::wrongUsage);
        line.setExecutionExceptionHandler((failure, failed, parsed) -> failed(failure, failed));
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        return line;
    }

    private static int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println(wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        line.getErr().println("`" + line.getCommandSpec().qualifiedName() + " --help` shows how it is used.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine line) {
        if (failure instanceof CommandFailure expected) {
            line.getErr().println(expected.getMessage());
            return expected.exitCode();
        }
        if (failure instanceof JobFailure job) {
            line.getErr().println(job.sentence());
            return ExitCode.OUTSIDE;
        }
        line.getErr().println("This is a fault of Pipewright's own. Please report it with what follows.");
        line.getErr().println(failure);
        Arrays.stream(failure.getStackTrace()).forEach(frame -> line.getErr().println("    at " + frame));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            line.getErr().println("Caused by: " + cause);
        }
        return ExitCode.INTERNAL;
    }
}
