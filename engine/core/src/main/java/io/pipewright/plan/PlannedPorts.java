package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The ports of the entries planned so far, and what those that read them need of them. */
final class PlannedPorts {

    private final DiagnosticCollector problems;
    private final Map<PortId, RecordType> types = new LinkedHashMap<>();
    private final Set<String> planned = new HashSet<>();
    private final Set<String> timed = new HashSet<>();

    PlannedPorts(DiagnosticCollector problems) {
        this.problems = problems;
    }

    void add(EntryDefinition entry, StagePlan plan, List<LogicalInput> inputs, boolean givesEventTime) {
        planned.add(entry.id());
        for (OutputPort port : plan.outputs()) {
            types.put(new PortId(entry.id(), port.name()), port.type());
        }
        if (entry.type().info().errors()) {
            types.put(new PortId(entry.id(), OutputPort.ERRORS), FailureRecord.TYPE);
        }
        boolean carriesTime = !inputs.isEmpty() && inputs.stream().allMatch(this::carriesTime);
        if (givesEventTime || carriesTime) {
            timed.add(entry.id());
        }
    }

    private boolean carriesTime(LogicalInput input) {
        return input.ports().stream().allMatch(port -> timed.contains(port.entry()));
    }

    /** The inputs with the ports that there really are; empty, and reported, if one is wrong. */
    Optional<List<LogicalInput>> resolve(EntryDefinition entry, List<LogicalInput> inputs) {
        List<LogicalInput> resolved = new ArrayList<>();
        boolean right = true;
        for (LogicalInput input : inputs) {
            List<PortId> ports =
                    input.ports().stream().filter(port -> exists(port, input)).toList();
            resolved.add(new LogicalInput(input.name(), input.kind(), ports));
            right &= input.kind() == LogicalInput.Kind.PORTS ? portsFit(entry, input) : someThere(entry, input, ports);
        }
        return right && timeFits(entry, resolved) ? Optional.of(resolved) : Optional.empty();
    }

    private boolean exists(PortId port, LogicalInput input) {
        return input.kind() == LogicalInput.Kind.PORTS || types.containsKey(port);
    }

    private boolean portsFit(EntryDefinition entry, LogicalInput input) {
        for (int i = 0; i < input.ports().size(); i++) {
            PortId port = input.ports().get(i);
            if (!planned.contains(port.entry())) {
                return false; // it has its own findings
            }
            if (!types.containsKey(port)) {
                reportUnknownPort(entry, pathOf(entry, input, i), port);
                return false;
            }
        }
        return unionFits(entry, input);
    }

    private void reportUnknownPort(EntryDefinition entry, String path, PortId port) {
        List<String> valid = types.keySet().stream()
                .filter(known -> known.entry().equals(port.entry()))
                .map(PortId::toString)
                .toList();
        String message = port.port().isEmpty()
                ? "`" + port.entry() + "` has no main output."
                : "`" + port.entry() + "` has no port `" + port.port() + "`.";
        problems.error("unknown-port", entry.place().at(path), message, Suggest.hint(port.toString(), "Ports", valid));
    }

    private boolean unionFits(EntryDefinition entry, LogicalInput input) {
        RecordType first = typeOf(input.ports().get(0));
        for (int i = 1; i < input.ports().size(); i++) {
            RecordType other = typeOf(input.ports().get(i));
            if (!first.sameLayout(other)) {
                problems.error(
                        "union-mismatch",
                        entry.place().at(pathOf(entry, input, i)),
                        "`" + input.ports().get(i) + "` has other fields than `"
                                + input.ports().get(0) + "`: " + other + ", not " + first + ".",
                        "Bring both to one record in front of the union.");
                return false;
            }
        }
        return true;
    }

    private boolean someThere(EntryDefinition entry, LogicalInput input, List<PortId> ports) {
        boolean known = input.ports().stream().allMatch(port -> planned.contains(port.entry()));
        if (ports.isEmpty() && known) {
            boolean late = input.kind() == LogicalInput.Kind.ALL_LATE;
            problems.error(
                    "nothing-to-read",
                    entry.place().at(pathOf(entry, input, 0)),
                    late ? "No stage has a `late` port." : "No entry has an `errors` port.",
                    "Remove `" + entry.id() + "`.");
        }
        return !ports.isEmpty();
    }

    private boolean timeFits(EntryDefinition entry, List<LogicalInput> inputs) {
        if (!entry.type().info().needsEventTime() || inputs.stream().allMatch(this::carriesTime)) {
            return true;
        }
        problems.error(
                "no-event-time",
                entry.place().key(),
                "`" + entry.type().info().name() + "` works in event time, and its input carries none.",
                "Add `eventTime` to the source that feeds it.");
        return false;
    }

    private static String pathOf(EntryDefinition entry, LogicalInput input, int position) {
        if (!input.name().equals(StagePlan.FROM)) {
            return input.name();
        }
        PortRef ref = entry.from().get(position);
        return ref.path();
    }

    Map<String, RecordType> types(List<LogicalInput> inputs) {
        Map<String, RecordType> byInput = new LinkedHashMap<>();
        for (LogicalInput input : inputs) {
            byInput.put(
                    input.name(),
                    switch (input.kind()) {
                        case PORTS -> typeOf(input.ports().get(0));
                        case ALL_ERRORS -> FailureRecord.TYPE;
                        case ALL_LATE -> LateRecord.TYPE;
                    });
        }
        return byInput;
    }

    private RecordType typeOf(PortId port) {
        return Objects.requireNonNull(types.get(port));
    }
}
