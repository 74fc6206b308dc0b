package io.pipewright.app;

import io.pipewright.definition.RuntimeOptions;
import io.pipewright.schema.OptionOutline;
import io.pipewright.schema.OptionsModel;
import io.pipewright.schema.PluginCatalog;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What there is to say of a plugin, or of the block {@code runtime}, for the terminal and for the reference pages.
 *
 * @param facts sentences about how the engine treats a source, stage or sink, each behind a word and a colon
 */
record Description(List<String> facts, List<OptionOutline.Item> options) {

    static final String RUNTIME = "runtime";
    static final String RUNTIME_SUMMARY =
            "How the job runs: parallelism, checkpoints, where state is kept, and what happens after a failure.";
    static final String NO_OPTIONS = "It has no options of its own.";

    Description {
        facts = List.copyOf(facts);
        options = List.copyOf(options);
    }

    static Description of(Plugins.Plugin plugin, PluginCatalog catalog) {
        OptionsModel options = OptionsModel.of(plugin.options());
        return new Description(
                plugin.stage().map(type -> facts(type, options)).orElse(List.of()), OptionOutline.of(options, catalog));
    }

    /** The block {@code runtime} of a pipeline, which is no plugin's. */
    static Description ofRuntime(PluginCatalog catalog) {
        return new Description(List.of(), OptionOutline.of(OptionsModel.of(RuntimeOptions.class), catalog));
    }

    private static List<String> facts(StageType<?, ?> type, OptionsModel options) {
        StageInfo info = type.info();
        List<String> facts = new ArrayList<>();
        if (info.needsEventTime()) {
            facts.add("Event time: every input needs it, so its sources have `eventTime`.");
        }
        facts.add(
                info.errors()
                        ? "Errors: records that it cannot process go to `.errors`, or as `onError` says."
                        : "Errors: it has no `.errors`; what it cannot do fails the job.");
        if (type.takesChanges()) {
            facts.add("Changes: it takes rows that replace or delete earlier ones, as their `op` says.");
        }
        if (!type.meta().isEmpty()) {
            facts.add("Messages: expressions of what reads it directly have "
                    + type.meta().stream()
                            .map(each -> "`meta." + each.text() + "`")
                            .collect(Collectors.joining(", ")) + ".");
        }
        if (!info.roles().isEmpty()) {
            facts.add("Operators' uids: "
                    + info.roles().stream().map(role -> "`<id>/" + role + "`").collect(Collectors.joining(", ")));
        }
        boolean from =
                info.kind() != StageInfo.Kind.SOURCE && options.namedInputs().isEmpty();
        facts.add("Keys beside its options: " + (from ? "`from`, " : "")
                + "`description`, `parallelism`, `onError`, `uid`");
        return facts;
    }
}
