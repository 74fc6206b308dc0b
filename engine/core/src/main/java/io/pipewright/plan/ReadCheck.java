package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.spi.stage.ErrorPolicy;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.PortKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds outputs that nobody reads and that somebody should: what is lost must be lost on purpose. */
final class ReadCheck {

    private final List<Planner.Planned> planned;
    private final DiagnosticCollector problems;
    private final Set<PortId> read = new HashSet<>();

    ReadCheck(List<Planner.Planned> planned, DiagnosticCollector problems) {
        this.planned = planned;
        this.problems = problems;
        for (Planner.Planned entry : planned) {
            entry.inputs().forEach(input -> read.addAll(input.ports()));
        }
    }

    void check() {
        for (Planner.Planned entry : planned) {
            checkErrors(entry.entry());
            checkData(entry);
            for (OutputPort port : entry.plan().outputs()) {
                if (port.kind() == PortKind.LOSS && isUnread(entry, port.name())) {
                    problems.warning(
                            "unread-loss",
                            entry.entry().place().key(),
                            "Nobody reads `" + new PortId(entry.entry().id(), port.name())
                                    + "`, so its records are lost.",
                            "Read it with a sink, or all such ports at once with `from: " + port.name() + "`.");
                }
            }
        }
    }

    private void checkErrors(EntryDefinition entry) {
        PortId errors = new PortId(entry.id(), OutputPort.ERRORS);
        if (entry.type().info().errors() && entry.onError() == ErrorPolicy.DEAD_LETTER && !read.contains(errors)) {
            problems.error(
                    "unread-errors",
                    entry.place().key(),
                    "Failed records of `" + entry.id() + "` go to `" + errors + "`, which nobody reads.",
                    "Add a sink with `from: errors`, or set `onError: fail` or `onError: drop`.");
        }
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
                    "Read it with a stage or a sink, or remove the entry.");
        }
    }

    private boolean isUnread(Planner.Planned entry, String port) {
        return !read.contains(new PortId(entry.entry().id(), port));
    }
}
