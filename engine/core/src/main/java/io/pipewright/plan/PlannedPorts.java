package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.definition.Gaps;
import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.PortRef;
import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.LateRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The ports of the entries planned so far, and what those that read them need of them. */
final class PlannedPorts {

    private final Gaps gaps;
    private final DiagnosticCollector problems;
    private final Set<PortId> unknown = new HashSet<>();
    private final Map<PortId, RecordType> types = new LinkedHashMap<>();
    private final Set<String> planned = new HashSet<>();

    /** By the main port of a source: what its messages have beside their values. */
    private final Map<PortId, Set<MetaField>> meta = new HashMap<>();

    /** By entry, a source that its records come from and that never ends. */
    private final Map<String, String> endless = new HashMap<>();

    private final EventTimes times;
    private final ChangingRows changing;

    /** @param parallelism of entries that do not say their own */
    PlannedPorts(Gaps gaps, int parallelism, DiagnosticCollector problems) {
        this.gaps = gaps;
        this.problems = problems;
        this.times = new EventTimes(problems);
        this.changing = new ChangingRows(parallelism, problems);
    }

    /** Adds the ports that every entry of a type has. */
    void add(EntryDefinition entry) {
        if (entry.type().info().errors()) {
            types.put(new PortId(entry.id(), OutputPort.ERRORS), FailureRecord.TYPE);
        }
    }

    /** Adds the ports of an entry; {@code time} is how a source gives event time. */
    void add(Planner.Planned added, Optional<EventTime> time) {
        EntryDefinition entry = added.entry();
        StagePlan plan = added.plan();
        List<LogicalInput> inputs = added.inputs();
        planned.add(entry.id());
        if (!added.meta().isEmpty()) {
            meta.put(new PortId(entry.id(), OutputPort.MAIN), added.meta());
        }
        for (OutputPort port : plan.outputs()) {
            types.put(new PortId(entry.id(), port.name()), port.type());
        }
        changing.add(entry, plan, inputs);
        times.add(entry, readEntries(inputs), time);
        Optional<String> source = plan.isEndless() ? Optional.of(entry.id()) : endlessSource(inputs);
        source.ifPresent(id -> endless.put(entry.id(), id));
    }

    /** What is known of the sources and stages above some inputs. */
    PlanningContext.Above above(List<LogicalInput> inputs) {
        return new PlanningContext.Above(
                times.outOfOrderness(readEntries(inputs)),
                endlessSource(inputs),
                meta(inputs),
                changing.areRead(inputs));
    }

    /** A source above some inputs that never ends. */
    private Optional<String> endlessSource(List<LogicalInput> inputs) {
        return readEntries(inputs).stream()
                .filter(endless::containsKey)
                .map(endless::get)
                .findFirst();
    }

    /** The ids of the entries that some inputs read, of those whose ports are known. */
    private List<String> readEntries(List<LogicalInput> inputs) {
        return inputs.stream()
                .flatMap(input -> input.ports().stream())
                .filter(this::isPlanned)
                .map(PortId::entry)
                .toList();
    }

    /** The inputs with the ports that there really are; what is wrong with them is reported. */
    List<LogicalInput> resolve(EntryDefinition entry, List<LogicalInput> inputs) {
        List<LogicalInput> resolved = new ArrayList<>();
        for (LogicalInput input : inputs) {
            List<PortId> ports = input.ports().stream()
                    .filter(port -> input.kind() == LogicalInput.Kind.PORTS || types.containsKey(port))
                    .toList();
            resolved.add(new LogicalInput(input.name(), input.kind(), ports));
            if (input.kind() == LogicalInput.Kind.PORTS) {
                checkPorts(entry, input);
            } else if (ports.isEmpty()) {
                checkSomeThere(entry, input);
            }
        }
        times.check(entry, readEntries(resolved));
        return resolved;
    }

    /** What the references to ports that are not there say. */
    Set<PortId> unknown() {
        return unknown;
    }

    private void checkPorts(EntryDefinition entry, LogicalInput input) {
        for (int i = 0; i < input.ports().size(); i++) {
            PortId port = input.ports().get(i);
            if (isPlanned(port) && !types.containsKey(port)) {
                unknown.add(port);
                reportUnknownPort(entry, pathOf(entry, input, i), port);
            }
        }
        changing.check(entry, input);
        checkUnion(entry, input);
    }

    /** Whether the ports of a port's entry are known. */
    private boolean isPlanned(PortId port) {
        return planned.contains(port.entry()) && !gaps.entries().contains(port.entry());
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

    private void checkUnion(EntryDefinition entry, LogicalInput input) {
        PortId first = null;
        for (int i = 0; i < input.ports().size(); i++) {
            PortId port = input.ports().get(i);
            if (!isPlanned(port) || !types.containsKey(port)) {
                continue;
            }
            first = first == null ? port : first;
            if (!typeOf(first).sameLayout(typeOf(port))) {
                problems.error(
                        "union-mismatch",
                        entry.place().at(pathOf(entry, input, i)),
                        "`" + port + "` has other fields than `" + first + "`: " + typeOf(port) + ", not "
                                + typeOf(first) + ".",
                        "bring both to one record in front of the union.");
                return;
            }
        }
    }

    private void checkSomeThere(EntryDefinition entry, LogicalInput input) {
        boolean late = input.kind() == LogicalInput.Kind.ALL_LATE;
        boolean known = gaps.entries().isEmpty()
                && !gaps.anyEntry()
                && input.ports().stream().allMatch(port -> planned.contains(port.entry()));
        if (known) {
            problems.error(
                    "nothing-to-read",
                    entry.place().at(pathOf(entry, input, 0)),
                    late ? "No stage has a `late` port." : "No entry has an `errors` port.",
                    "remove `" + entry.id() + "`.");
        }
    }

    static String pathOf(EntryDefinition entry, LogicalInput input, int position) {
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
                        case PORTS -> typeOf(firstKnown(input.ports()));
                        case ALL_ERRORS -> FailureRecord.TYPE;
                        case ALL_LATE -> LateRecord.TYPE;
                    });
        }
        return byInput;
    }

    /** What the messages behind {@code from} all have beside their values; of ports that are unknown, anything may be true. */
    private Set<MetaField> meta(List<LogicalInput> inputs) {
        Set<MetaField> common = EnumSet.noneOf(MetaField.class);
        for (LogicalInput input : inputs) {
            if (input.name().equals(StagePlan.FROM) && input.kind() == LogicalInput.Kind.PORTS) {
                common.addAll(EnumSet.allOf(MetaField.class));
                input.ports().stream()
                        .filter(port -> isPlanned(port) && types.containsKey(port))
                        .forEach(port -> common.retainAll(meta.getOrDefault(port, Set.of())));
            }
        }
        return common;
    }

    private PortId firstKnown(List<PortId> ports) {
        return ports.stream()
                .filter(port -> types.containsKey(port) && !gaps.entries().contains(port.entry()))
                .findFirst()
                .orElse(ports.get(0));
    }

    /** The type of a port; of one that is unknown, what stands in for it. */
    private RecordType typeOf(PortId port) {
        RecordType type = gaps.entries().contains(port.entry()) ? null : types.get(port);
        return type == null ? gaps.reading().record() : type;
    }
}
