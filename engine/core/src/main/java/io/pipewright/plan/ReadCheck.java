package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.PortKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds outputs that nobody reads and that somebody should: what is lost must be lost on purpose. Where a reference
 * names nothing, the ports that it may have meant are not called unread.
 */
final class ReadCheck {

    private final PipelineDefinition pipeline;
    private final DiagnosticCollector problems;
    private final Set<String> belowErrors;
    private final Set<String> unresolved;
    private final Set<PortId> unknown;
    private final Set<PortId> read = new HashSet<>();
    private final Set<String> names = new LinkedHashSet<>(List.of(OutputPort.ERRORS, OutputPort.LATE));

    /** @param unknown ports that are read and that their entries do not have */
    ReadCheck(
            PipelineDefinition pipeline, EdgeResolver.Edges edges, Set<PortId> unknown, DiagnosticCollector problems) {
        this.pipeline = pipeline;
        this.belowErrors = edges.belowErrors();
        this.unresolved = edges.unresolved();
        this.unknown = unknown;
        this.problems = problems;
        edges.inputs().values().forEach(inputs -> inputs.forEach(input -> read.addAll(input.ports())));
    }

    void check(List<Planner.Planned> planned) {
        for (Planner.Planned entry : planned) {
            portsOf(entry).forEach(port -> names.add(port.toString()));
        }
        checkErrors();
        for (Planner.Planned entry : planned) {
            checkData(entry);
            for (OutputPort port : entry.plan().outputs()) {
                if (port.kind() == PortKind.LOSS && isUnread(entry, port.name())) {
                    problems.warning(
                            "unread-loss",
                            entry.entry().place().key(),
                            "Nobody reads `" + new PortId(entry.entry().id(), port.name())
                                    + "`, so its records are lost.",
                            port.name().equals(OutputPort.LATE)
                                    ? "read it with a sink, or all such ports at once with `from: late`."
                                    : "read it with a sink; one of type `discard` says that they may be lost.");
                }
            }
        }
    }

    private static List<PortId> portsOf(Planner.Planned entry) {
        return Stream.concat(entry.plan().outputs().stream().map(OutputPort::name), Stream.of(OutputPort.ERRORS))
                .map(port -> new PortId(entry.entry().id(), port))
                .toList();
    }

    /** One finding for all entries that take their policy from one place. */
    private void checkErrors() {
        Map<Span, List<EntryDefinition>> byPlace = pipeline.entries().values().stream()
                .filter(this::losesErrors)
                .collect(Collectors.groupingBy(EntryDefinition::onErrorPlace, LinkedHashMap::new, Collectors.toList()));
        byPlace.forEach((place, entries) -> {
            EntryDefinition first = entries.get(0);
            boolean own = first.place().at("onError").equals(place);
            String key = own ? "onError" : "default";
            String ids = names(entries.stream().map(EntryDefinition::id).toList());
            problems.error(
                    "unread-errors",
                    place,
                    "Failed records of " + ids + " go to " + (entries.size() == 1 ? "its" : "their")
                            + " `.errors`, which nobody reads.",
                    "add a sink with `from: errors`, or write `" + key + ": fail` or `" + key + ": drop`.");
        });
    }

    private static String names(List<String> ids) {
        String last = "`" + ids.get(ids.size() - 1) + "`";
        return ids.size() == 1 ? last : "`" + String.join("`, `", ids.subList(0, ids.size() - 1)) + "` and " + last;
    }

    private boolean losesErrors(EntryDefinition entry) {
        return entry.type().info().errors()
                && entry.onError() == ErrorPolicy.DEAD_LETTER
                && !belowErrors.contains(entry.id())
                && isUnread(new PortId(entry.id(), OutputPort.ERRORS));
    }

    private void checkData(Planner.Planned entry) {
        boolean hasData = entry.plan().outputs().stream().anyMatch(port -> port.kind() == PortKind.DATA);
        boolean dataRead = entry.plan().outputs().stream()
                .anyMatch(port -> port.kind() == PortKind.DATA && !isUnread(entry, port.name()));
        if (hasData && !dataRead) {
            problems.warning(
                    "unread-output",
                    entry.entry().place().key(),
                    "Nobody reads the output of `" + entry.entry().id() + "`.",
                    "read it with a stage or a sink, or remove the entry.");
        }
    }

    private boolean isUnread(Planner.Planned entry, String port) {
        return isUnread(new PortId(entry.entry().id(), port));
    }

    private boolean isUnread(PortId port) {
        return !read.contains(port)
                && !pipeline.gaps().anyReader()
                && !pipeline.gaps().entries().contains(port.entry())
                && unresolved.stream().noneMatch(text -> mayMean(text, port))
                && pipeline.gaps().texts().stream().noneMatch(text -> isMeant(text, port))
                && unknown.stream().noneMatch(other -> other.entry().equals(port.entry()));
    }

    /** Whether a reference to nothing may have meant a port: it is the one most like it, or none is like it. */
    private boolean mayMean(String text, PortId port) {
        return Suggest.nearest(text, names).map(near -> isMeant(near, port)).orElse(true);
    }

    private static boolean isMeant(String text, PortId port) {
        return text.equals(port.toString()) || text.equals(port.port());
    }
}
