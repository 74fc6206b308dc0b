package io.pipewright.app;

import io.pipewright.diagnostic.Suggest;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code list}: the types there are, each with a sentence. */
@Command(
        name = "list",
        description = "Lists the types of sources, stages, sinks, connections, checks and formats.",
        footer = {"", "Example: pipewright list stage"})
final class ListCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "Only this kind: source, stage, sink, connection, check or format.")
    @Nullable
    String kind;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Plugins plugins = Plugins.load();
        int width = plugins.all().stream()
                .mapToInt(plugin -> plugin.name().length())
                .max()
                .orElse(0);
        for (String each : kinds()) {
            out.println(each + "s");
            for (Plugins.Plugin plugin : plugins.ofKind(each)) {
                out.println(
                        ("  " + plugin.name() + " ".repeat(width - plugin.name().length()) + "  " + plugin.summary())
                                .stripTrailing());
            }
        }
        out.flush();
        return ExitCode.FINE;
    }

    private List<String> kinds() {
        if (kind == null) {
            return Plugins.KINDS;
        }
        String singular = kind.endsWith("s") ? kind.substring(0, kind.length() - 1) : kind;
        if (!Plugins.KINDS.contains(singular)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "`" + kind + "` is not a kind of type. " + Suggest.sentence(kind, "Kinds", Plugins.KINDS));
        }
        return List.of(singular);
    }
}
