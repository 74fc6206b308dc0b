package io.pipewright.app;

import io.pipewright.definition.Surroundings;
import io.pipewright.plan.LogicalNode;
import io.pipewright.plan.PipelineCompiler;
import io.pipewright.schema.OptionOutline;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.PortKind;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The pages of {@code docs/reference}: one for each kind of plugin, and one that lists them all. What is said of a plugin
 * is what {@code describe} says; its ports are those of the entry in its example.
 */
final class ReferencePages {

    private static final String MADE =
            "Made from the plugins and from `docs/examples`; written anew by `-Dpipewright.update=true`.\n";
    private static final String PORTS =
            "\nOf the ports of an entry, `data` are its results, `loss` is what it could not process, which is a finding if"
                    + " nobody reads it, and\n`information` may stay unread. A `?` says that a field may be null.\n";

    private final Plugins plugins;
    private final Path examples;
    private final PipelineCompiler compiler;

    /** @param examples the folder with an example for each plugin, as {@link #example} names it */
    ReferencePages(Plugins plugins, Path examples) {
        this.plugins = plugins;
        this.examples = examples;
        this.compiler = new PipelineCompiler(plugins.catalog());
    }

    /** Where in the folder of examples the one of a plugin stands; the file of its cases stands beside it. */
    static String example(Plugins.Plugin plugin) {
        return plugin.kind() + "s/" + plugin.name() + ".yaml";
    }

    /** The pages by the names of their files. */
    Map<String, String> pages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("README.md", contents());
        Plugins.KINDS.forEach(kind -> pages.put(kind + "s.md", page(kind)));
        pages.put(Description.RUNTIME + ".md", runtime());
        return pages;
    }

    private String contents() {
        StringBuilder text = new StringBuilder(
                        "# Reference\n\nAll types there are, as `pipewright list` has them. The language"
                                + " of expressions is on [a page of its own](../expressions.md).\n")
                .append(MADE);
        for (String kind : Plugins.KINDS) {
            text.append("\n## ").append(title(kind)).append("\n\n");
            for (Plugins.Plugin plugin : plugins.ofKind(kind)) {
                text.append("- [`%s`](%ss.md#%s): %s\n"
                        .formatted(plugin.name(), kind, anchor(plugin.name()), plugin.summary()));
            }
        }
        text.append("\n## Runtime\n\n- [`runtime`](runtime.md): ")
                .append(Description.RUNTIME_SUMMARY)
                .append("\n");
        return text.toString();
    }

    private String runtime() {
        StringBuilder text = new StringBuilder("# The block `runtime`\n\n")
                .append(Description.RUNTIME_SUMMARY)
                .append(" `pipewright describe runtime` says the same. ")
                .append(MADE)
                .append("\n");
        Description.ofRuntime(plugins.catalog()).options().forEach(item -> text.append(line(item)));
        return text.toString();
    }

    private static String title(String kind) {
        return kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1) + "s";
    }

    /** As the heading of a plugin is called in links. */
    private static String anchor(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private String page(String kind) {
        List<Plugins.Plugin> all = plugins.ofKind(kind);
        StringBuilder text = new StringBuilder("# ")
                .append(title(kind))
                .append(
                        "\n\n`pipewright describe TYPE` says the same of one type, and `pipewright test docs/examples` runs")
                .append(" the examples. ")
                .append(MADE);
        if (all.stream().anyMatch(plugin -> plugin.stage().isPresent())) {
            text.append(PORTS);
        }
        all.forEach(plugin -> text.append(section(plugin)));
        return text.toString();
    }

    private String section(Plugins.Plugin plugin) {
        Description description = Description.of(plugin, plugins.catalog());
        StringBuilder text = new StringBuilder("\n## `" + plugin.name() + "`\n\n")
                .append(plugin.summary())
                .append("\n");
        if (!description.facts().isEmpty()) {
            text.append("\n");
            description.facts().forEach(fact -> text.append("- ").append(fact).append("\n"));
        }
        text.append("\n### Options\n\n");
        if (description.options().isEmpty()) {
            text.append(Description.NO_OPTIONS).append("\n");
        }
        description.options().forEach(item -> text.append(line(item)));
        Path file = examples.resolve(example(plugin));
        text.append("\n### Example\n\n```yaml\n").append(read(file)).append("```\n");
        plugin.stage().ifPresent(type -> text.append(ports(type, file)));
        Path cases = file.resolveSibling(plugin.name() + ".test.yaml");
        return text.append("\nIts test:\n```yaml\n")
                .append(read(cases))
                .append("```\n")
                .toString();
    }

    private static String line(OptionOutline.Item item) {
        String sentences = String.join(" ", item.sentences());
        String head = item.name().isEmpty()
                ? ""
                : "`%s`: %s%s".formatted(item.name(), item.kind(), sentences.isEmpty() ? "" : ". ");
        return "  ".repeat(item.depth()) + "- " + head + sentences + "\n";
    }

    /** The ports of the first entry of a type in a pipeline. */
    private String ports(StageType<?, ?> type, Path file) {
        LogicalNode node = compiler
                .compile(
                        file.toString(),
                        bytes(file),
                        List.of(),
                        new Surroundings(file.resolveSibling("."), Map.of(), false))
                .orElseThrow()
                .nodes()
                .stream()
                .filter(each -> each.entry().type().info().equals(type.info()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("No `" + type.info().name() + "` in " + file));
        List<OutputPort> ports = new ArrayList<>(node.plan().outputs());
        if (type.info().errors()) {
            ports.add(new OutputPort(OutputPort.ERRORS, PortKind.LOSS, FailureRecord.TYPE));
        }
        if (ports.isEmpty()) {
            return "";
        }
        return ports.stream()
                .map(port -> "| `%s` | %s | %s |\n"
                        .formatted(
                                node.id() + (port.name().isEmpty() ? "" : "." + port.name()),
                                port.kind().name().toLowerCase(Locale.ROOT),
                                fields(port.type())))
                .collect(Collectors.joining("", "\n| Port | Kind | Fields |\n|---|---|---|\n", ""));
    }

    private static String fields(RecordType type) {
        return type.fields().stream()
                .map(field -> "`" + field.name() + ": " + field.text() + "`")
                .collect(Collectors.joining(", "));
    }

    private static String read(Path file) {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
