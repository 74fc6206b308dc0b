package io.pipewright.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The main class of {@code ./pipewright bench}. */
public final class Main {

    private static final int USAGE = 2;
    private static final int INTERNAL = 4;

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new BenchCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getSubcommands().values().forEach(sub -> sub.setCaseInsensitiveEnumValuesAllowed(true));
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((wrong, given) -> {
            line.getErr().println(wrong.getMessage());
            line.getErr().println("`pipewright bench --help` shows how it is used.");
            return USAGE;
        });
        line.setExecutionExceptionHandler((failure, failed, parsed) -> {
            line.getErr().println("This is a fault of the benchmark's own: " + failure);
            return INTERNAL;
        });
        return line;
    }
}
