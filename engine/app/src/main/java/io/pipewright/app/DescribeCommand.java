package io.pipewright.app;

import io.pipewright.diagnostic.Suggest;
import io.pipewright.schema.OptionsModel;
import io.pipewright.schema.OptionsText;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code describe}: all about the types of one name. */
@Command(
        name = "describe",
        description = "Describes a type: what it does, its operators' uids and its options.",
        footer = {"", "Example: pipewright describe window"})
final class DescribeCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

    @Parameters(paramLabel = "TYPE", description = "The name of a type, as `pipewright list` has it.")
    String type = "";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        Plugins plugins = Plugins.load();
        List<Plugins.Plugin> found = plugins.all().stream()
                .filter(plugin -> plugin.name().equals(type))
                .toList();
        if (found.isEmpty()) {
            List<String> names =
                    plugins.all().stream().map(Plugins.Plugin::name).distinct().toList();
            throw new CommandFailure(
                    ExitCode.USAGE, "There is no type `" + type + "`. " + Suggest.sentence(type, "Types", names));
        }
        PrintWriter out = spec.commandLine().getOut();
        String separator = "";
        for (Plugins.Plugin plugin : found) {
            out.print(separator);
            describe(plugin, plugins, out);
            separator = System.lineSeparator();
        }
        out.flush();
        return ExitCode.FINE;
    }

    private static void describe(Plugins.Plugin plugin, Plugins plugins, PrintWriter out) {
        out.println(plugin.name() + " (" + plugin.kind() + ")");
        out.println("  " + plugin.summary());
        out.println();
        OptionsModel options = OptionsModel.of(plugin.options());
        plugin.stage().ifPresent(type -> engineFacts(type, options, out));
        if (options.options().isEmpty()) {
            out.println("It has no options of its own.");
            return;
        }
        out.println("Options:");
        OptionsText.of(options, plugins.catalog(), WIDTH).forEach(out::println);
    }

    private static void engineFacts(StageType<?, ?> type, OptionsModel options, PrintWriter out) {
        StageInfo info = type.info();
        if (info.needsEventTime()) {
            out.println("Event time: every input needs it, so its sources have `eventTime`.");
        }
        out.println(
                info.errors()
                        ? "Errors: records that it cannot process go to `.errors`, or as `onError` says."
                        : "Errors: it has no `.errors`; what it cannot do fails the job.");
        if (type.takesChanges()) {
            out.println("Changes: it takes rows that replace or delete earlier ones, as their `op` says.");
        }
        if (!info.roles().isEmpty()) {
            out.println("Operators' uids: "
                    + info.roles().stream().map(role -> "<id>/" + role).collect(Collectors.joining(", ")));
        }
        boolean from =
                info.kind() != StageInfo.Kind.SOURCE && options.namedInputs().isEmpty();
        out.println("Keys beside its options: " + (from ? "`from`, " : "")
                + "`description`, `parallelism`, `onError`, `uid`");
        out.println();
    }
}
