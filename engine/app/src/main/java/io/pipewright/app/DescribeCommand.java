package io.pipewright.app;

import io.pipewright.diagnostic.Suggest;
import io.pipewright.schema.OptionsText;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    @Parameters(
            paramLabel = "TYPE",
            description = "The name of a type, as `pipewright list` has it, or `runtime` for that block.")
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
        PrintWriter out = spec.commandLine().getOut();
        if (found.isEmpty() && type.equals(Description.RUNTIME)) {
            describe(type + " (block)", Description.RUNTIME_SUMMARY, Description.ofRuntime(plugins.catalog()), out);
            out.flush();
            return ExitCode.FINE;
        }
        if (found.isEmpty()) {
            List<String> names = Stream.concat(
                            plugins.all().stream().map(Plugins.Plugin::name), Stream.of(Description.RUNTIME))
                    .distinct()
                    .toList();
            throw new CommandFailure(
                    ExitCode.USAGE, "There is no type `" + type + "`. " + Suggest.sentence(type, "Types", names));
        }
        String separator = "";
        for (Plugins.Plugin plugin : found) {
            out.print(separator);
            describe(
                    plugin.name() + " (" + plugin.kind() + ")",
                    plugin.summary(),
                    Description.of(plugin, plugins.catalog()),
                    out);
            separator = System.lineSeparator();
        }
        out.flush();
        return ExitCode.FINE;
    }

    private static void describe(String title, String summary, Description description, PrintWriter out) {
        out.println(title);
        out.println("  " + summary);
        out.println();
        description.facts().forEach(out::println);
        if (!description.facts().isEmpty()) {
            out.println();
        }
        if (description.options().isEmpty()) {
            out.println(Description.NO_OPTIONS);
            return;
        }
        out.println("Options:");
        OptionsText.of(description.options(), WIDTH).forEach(out::println);
    }
}
