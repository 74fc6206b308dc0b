package io.pipewright.app;

import io.pipewright.diagnostic.VisibleText;
import io.pipewright.flink.JobFailure;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.PluginException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The main class of the launcher {@code ./pipewright}. */
@Command(
        name = "pipewright",
        description = "Streaming pipelines for Apache Flink, written in YAML.",
        mixinStandardHelpOptions = true,
        version = "pipewright " + Main.VERSION,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "`pipewright bench` measures; it is a program of its own, `pipewright bench --help` shows it."})
public final class Main implements Runnable {

    static final String VERSION = "0.1.0";

    @CommandLine.Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandLine.Model.CommandSpec spec;

    private static final String HELP = "help";

    /** In the order in which the help lists them. */
    private static final List<String> COMMANDS = List.of(
            "demo",
            "run",
            "validate",
            "test",
            "explain",
            "show",
            "list",
            "describe",
            "schema",
            "graph",
            "new",
            "fmt",
            HELP);

    /** Those of them that compile a pipeline. */
    private static final Set<String> COMPILING = Set.of("demo", "run", "validate", "test", "show", "graph");

    /** Those that see plugins of third parties. */
    private static final Set<String> PLUGGABLE =
            Set.of("demo", "run", "validate", "test", "show", "graph", "list", "describe", "schema", "fmt");

    private static final String PLUGINS = "--plugins";

    public static void main(String[] args) {
        if (args.length > 0 && COMPILING.contains(args[0])) {
            PipelineCompiler.prepare();
        }
        Thread.currentThread().setContextClassLoader(new ShippedTypes());
        System.exit(execute(printer(System.out), printer(System.err), args));
    }

    static PrintWriter printer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Runs the command of these arguments; gives the code with which the program ends. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        Optional<ValidateCommand> plain = ValidateCommand.plain(args);
        if (plain.isPresent()) {
            try {
                return answered(() -> plain.get().call(out, err), err);
            } catch (RuntimeException failure) {
                return failed(failure, err);
            }
        }
        return commandLine(args).setOut(out).setErr(err).execute(args);
    }

    /** The line that takes these arguments; of all commands it has the one that they call alone, for each loads classes. */
    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        boolean known = args.length > 0 && COMMANDS.contains(args[0]) && !args[0].equals(HELP);
        for (String name : known ? List.of(args[0]) : COMMANDS) {
            CommandLine command = new CommandLine(command(name));
            line.addSubcommand(name, PLUGGABLE.contains(name) ? takePlugins(command) : command);
        }
        return answering(line);
    }

    private static Object command(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "run" -> new RunCommand();
            case "validate" -> new ValidateCommand();
            case "test" -> new TestCommand();
            case "explain" -> new ExplainCommand();
            case "show" -> new ShowCommand();
            case "list" -> new ListCommand();
            case "describe" -> new DescribeCommand();
            case "schema" -> new SchemaCommand();
            case "graph" -> new GraphCommand();
            case "new" -> new NewCommand();
            case "fmt" -> new FmtCommand();
            case HELP -> new CommandLine.HelpCommand();
            default -> throw new IllegalArgumentException("There is no command " + name);
        };
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new CommandFailure(ExitCode.USAGE, "Name a command.");
    }

    /**
     * A command line that sees plugins of third parties, and answers wrong flags and failures as all commands do: one
     * message, the right exit code.
     */
    static CommandLine commandLineOf(Object command) {
        return answering(takePlugins(new CommandLine(command)));
    }

    private static CommandLine takePlugins(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder(PLUGINS)
                        .type(Path.class)
                        .paramLabel("DIR")
                        .description("The folder with the jars of third parties' plugins.")
                        .build());
        return line;
    }

    private static CommandLine answering(CommandLine line) {
        line.setParameterExceptionHandler(Main::wrongUsage);
        line.setExecutionExceptionHandler((failure, failing, parsed) -> failed(failure, failing.getErr()));
        line.setExecutionStrategy(Main::executed);
        line.getSubcommands().values().forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        return line;
    }

    private static int wrongUsage(ParameterException wrong, String[] args) {
        CommandLine line = wrong.getCommandLine();
        String message = String.valueOf(wrong.getMessage());
        if (message.contains(InvalidPathException.class.getName())) { // of which nothing else is left
            message = "`" + wrong.getValue()
                    + "` cannot be the name of a file here. Correct it; letters beyond ASCII need"
                    + " a locale of UTF-8, such as `LC_ALL=C.UTF-8`.";
        }
        line.getErr().println(VisibleText.lines(message));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, line.getErr());
        line.getErr().println("`" + line.getCommandSpec().qualifiedName() + " --help` shows how it is used.");
        return ExitCode.USAGE;
    }

    /** The command line has exceptions of commands handled, and neither errors of the JVM nor what is thrown here. */
    private static int executed(ParseResult parsed) {
        return answered(
                () -> {
                    Path plugins = last(parsed).matchedOptionValue(PLUGINS, null);
                    return plugins == null
                            ? new CommandLine.RunLast().execute(parsed)
                            : PluginLoader.within(plugins, () -> new CommandLine.RunLast().execute(parsed));
                },
                parsed.commandSpec().commandLine().getErr());
    }

    private static int answered(IntSupplier command, PrintWriter err) {
        try {
            return command.getAsInt();
        } catch (CommandFailure | PluginException failure) {
            return failed(failure, err);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError | AssertionError fault) {
            return faulty(fault, err);
        }
    }

    private static ParseResult last(ParseResult parsed) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last;
    }

    private static int failed(Exception failure, PrintWriter err) {
        if (failure instanceof CommandFailure expected) {
            err.println(expected.getMessage());
            return expected.exitCode();
        }
        if (failure instanceof PluginException plugin) {
            err.println(VisibleText.lines(String.valueOf(plugin.getMessage())));
            return ExitCode.USAGE;
        }
        if (failure instanceof JobFailure job) {
            err.println(job.sentence());
            return ExitCode.OUTSIDE;
        }
        return faulty(failure, err);
    }

    private static int faulty(Throwable failure, PrintWriter err) {
        err.println("This is a fault of Pipewright's own. Please report it with what follows.");
        err.println(failure);
        Arrays.stream(failure.getStackTrace()).forEach(frame -> err.println("    at " + frame));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            err.println("Caused by: " + cause);
        }
        return ExitCode.INTERNAL;
    }
}
