package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.definition.PipelineDefinition;
import io.pipewright.definition.Reading;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StagePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out which entry each reference to a port means, and in which order entries can be planned. */
final class EdgeResolver {

    private static final PortId NOWHERE = new PortId("", OutputPort.MAIN);
    private static final String ALL_ERRORS = "errors";
    private static final String ALL_LATE = "late";

    private final PipelineDefinition pipeline;
    private final DiagnosticCollector problems;
    private final Set<String> unresolved = new LinkedHashSet<>();

    EdgeResolver(PipelineDefinition pipeline, DiagnosticCollector problems) {
        this.pipeline = pipeline;
        this.problems = problems;
    }

    /** The entries with their inputs, in topological order as far as there are no cycles. */
    Edges resolve() {
        Map<String, List<LogicalInput>> direct = new LinkedHashMap<>();
        for (EntryDefinition entry : pipeline.entries().values()) {
            direct.put(entry.id(), inputs(entry));
        }
        Set<String> belowErrors = below(direct, LogicalInput.Kind.ALL_ERRORS);
        Set<String> belowLate = below(direct, LogicalInput.Kind.ALL_LATE);
        Map<String, List<LogicalInput>> all = new LinkedHashMap<>();
        direct.forEach((id, inputs) -> all.put(
                id,
                inputs.stream()
                        .map(input -> withAllPorts(input, belowErrors, belowLate))
                        .toList()));
        return new Edges(TopologicalOrder.of(all, cycle -> reportCycle(cycle, all)), all, belowErrors, unresolved);
    }

    private List<LogicalInput> inputs(EntryDefinition entry) {
        List<LogicalInput> inputs = new ArrayList<>();
        if (!entry.from().isEmpty()) {
            inputs.add(input(entry, StagePlan.FROM, entry.from()));
        }
        for (PortRef ref : entry.inputs()) {
            inputs.add(input(entry, ref.path(), List.of(ref)));
        }
        return inputs;
    }

    private LogicalInput input(EntryDefinition entry, String name, List<PortRef> refs) {
        if (refs.size() == 1 && refs.get(0).text().equals(ALL_ERRORS)) {
            return new LogicalInput(name, LogicalInput.Kind.ALL_ERRORS, List.of());
        }
        if (refs.size() == 1 && refs.get(0).text().equals(ALL_LATE)) {
            return new LogicalInput(name, LogicalInput.Kind.ALL_LATE, List.of());
        }
        return new LogicalInput(
                name,
                LogicalInput.Kind.PORTS,
                refs.stream().map(ref -> port(entry, ref)).toList());
    }

    /** The port that is meant; of no entry if there is none, which is reported. */
    private PortId port(EntryDefinition entry, PortRef ref) {
        String text = ref.text();
        if (Reading.isStandIn(ref)) {
            unresolved.add(text);
            return NOWHERE;
        }
        Span span = entry.place().at(ref.path());
        if (text.equals(ALL_ERRORS) || text.equals(ALL_LATE)) {
            problems.error(
                    "union-of-all",
                    span,
                    "`" + text + "` is already the union of all such ports and stands alone.",
                    "write `from: " + text + "`, or name single ports such as `ID." + text + "`.");
            unresolved.add(text);
            return NOWHERE;
        }
        if (isKnown(text)) {
            return new PortId(text, OutputPort.MAIN);
        }
        int dot = text.indexOf('.');
        String id = dot < 0 ? text : text.substring(0, dot);
        if (isKnown(id)) {
            return new PortId(id, dot < 0 ? OutputPort.MAIN : text.substring(dot + 1));
        }
        unresolved.add(text);
        if (!pipeline.gaps().anyEntry()) {
            String hint = Suggest.hint(id, "There are", readable());
            problems.error("unknown-reference", span, "There is no source or stage `" + id + "`.", hint);
        }
        return NOWHERE;
    }

    private boolean isKnown(String id) {
        return pipeline.entries().containsKey(id) || pipeline.gaps().entries().contains(id);
    }

    /** What a reference may name, without ports. */
    private List<String> readable() {
        Stream<String> entries = pipeline.entries().values().stream()
                .filter(entry -> entry.kind() != StageInfo.Kind.SINK)
                .map(EntryDefinition::id);
        return Stream.concat(entries, Stream.of(ALL_ERRORS, ALL_LATE)).toList();
    }

    /** The entries that read a union of all ports, directly or through others. */
    private static Set<String> below(Map<String, List<LogicalInput>> direct, LogicalInput.Kind kind) {
        Set<String> below = new LinkedHashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Map.Entry<String, List<LogicalInput>> entry : direct.entrySet()) {
                boolean reads = entry.getValue().stream()
                        .anyMatch(input -> input.kind() == kind
                                || input.ports().stream().anyMatch(port -> below.contains(port.entry())));
                grown |= reads && below.add(entry.getKey());
            }
        }
        return below;
    }

    private LogicalInput withAllPorts(LogicalInput input, Set<String> belowErrors, Set<String> belowLate) {
        return switch (input.kind()) {
            case PORTS -> input;
            case ALL_ERRORS -> new LogicalInput(
                    input.name(),
                    input.kind(),
                    pipeline.entries().values().stream()
                            .filter(entry -> entry.type().info().errors() && !belowErrors.contains(entry.id()))
                            .map(entry -> new PortId(entry.id(), OutputPort.ERRORS))
                            .toList());
            case ALL_LATE -> new LogicalInput(
                    input.name(),
                    input.kind(),
                    pipeline.entries().values().stream()
                            .filter(entry -> entry.kind() == StageInfo.Kind.STAGE && !belowLate.contains(entry.id()))
                            .map(entry -> new PortId(entry.id(), OutputPort.LATE))
                            .toList());
        };
    }

    private void reportCycle(List<String> cycle, Map<String, List<LogicalInput>> inputs) {
        EntryDefinition first = pipeline.entries().values().stream()
                .filter(entry -> cycle.contains(entry.id()))
                .findFirst()
                .orElseThrow();
        List<String> turned = new ArrayList<>(cycle);
        Collections.rotate(turned, -cycle.indexOf(first.id()));
        turned.add(first.id());
        unresolved.add(String.join(" ", turned)); // like no port, so that any may be meant
        String read = turned.get(1);
        String input = inputs.getOrDefault(first.id(), List.of()).stream()
                .filter(candidate ->
                        candidate.ports().stream().anyMatch(port -> port.entry().equals(read)))
                .map(LogicalInput::name)
                .findFirst()
                .orElse(StagePlan.FROM);
        problems.error(
                "cycle",
                first.place().at(input),
                "Records would go round in a circle: `" + String.join("` reads `", turned) + "`.",
                "read an earlier stage in one of them.");
    }

    /**
     * The edges of a pipeline.
     *
     * @param order ids in topological order
     * @param inputs with the ports of the unions of all filled in; late ports of stages that turn out to have none too
     * @param belowErrors entries that read {@code errors}; their own failures fail the job
     * @param unresolved references that name nothing, or cycles, which was told: what is meant is unknown
     */
    record Edges(
            List<String> order,
            Map<String, List<LogicalInput>> inputs,
            Set<String> belowErrors,
            Set<String> unresolved) {}
}
