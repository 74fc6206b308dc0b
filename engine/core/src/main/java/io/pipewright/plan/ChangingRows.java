package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.stage.StagePlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The ports whose rows replace or delete earlier ones, and whether those that read them take them, and in their order. */
final class ChangingRows {

    private final int parallelism;
    private final DiagnosticCollector problems;
    private final Set<PortId> ports = new HashSet<>();
    private final Map<String, Integer> subtasks = new HashMap<>();

    /** @param parallelism of entries that do not say their own */
    ChangingRows(int parallelism, DiagnosticCollector problems) {
        this.parallelism = parallelism;
        this.problems = problems;
    }

    /** Adds the ports of a plan whose rows it makes such, or passes on. */
    void add(EntryDefinition entry, StagePlan plan, List<LogicalInput> inputs) {
        subtasks.put(entry.id(), subtasks(entry));
        for (OutputPort port : plan.outputs()) {
            boolean passedOn = port.type().field(RowChange.NAME).isPresent() && areRead(inputs);
            if (plan.changes(port.name()) || passedOn) {
                ports.add(new PortId(entry.id(), port.name()));
            }
        }
    }

    private int subtasks(EntryDefinition entry) {
        return entry.parallelism().orElse(parallelism);
    }

    /** Whether any of these inputs has such rows. */
    boolean areRead(List<LogicalInput> inputs) {
        return inputs.stream().flatMap(input -> input.ports().stream()).anyMatch(ports::contains);
    }

    /** Reports an entry that would take each of these rows for a new one, or that would get them out of their order. */
    void check(EntryDefinition entry, LogicalInput input) {
        for (int i = 0; i < input.ports().size(); i++) {
            PortId port = input.ports().get(i);
            if (ports.contains(port)) {
                check(entry, port, PlannedPorts.pathOf(entry, input, i));
            }
        }
    }

    private void check(EntryDefinition entry, PortId port, String path) {
        int sending = subtasks.getOrDefault(port.entry(), parallelism);
        int reading = subtasks(entry);
        if (!entry.type().takesChanges()) {
            problems.error(
                    "changes-not-taken",
                    entry.place().at(path),
                    "Rows of `" + port + "` replace and delete earlier ones, as their `op` says, and `"
                            + entry.type().info().name() + "` would take each for a new one.",
                    "read it with a type that takes them, as `describe` says, or leave `op` out with a `select`; then each row counts, also one that deletes.");
        } else if (reading > 1 && reading != sending) {
            problems.error(
                    "changes-reordered",
                    entry.place().at(path),
                    "`" + entry.id() + "` has a parallelism of " + reading + " and `" + port.entry() + "` of " + sending
                            + ", so rows of `" + port
                            + "`, which replace and delete earlier ones, would lose their order.",
                    "give both the same `parallelism`, or `" + entry.id() + "` a `parallelism` of 1.");
        }
    }
}
