package io.pipewright.plan;

import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Lets the fields that are read flow back from the sinks to the sources, so that a source stores only what something
 * downstream uses.
 */
final class FieldFlow {

    private final Map<PortId, Set<String>> read = new HashMap<>();

    /**
     * Takes an entry, after everything that reads it.
     *
     * @return for each of its outputs that is read: what its records must hold
     */
    Map<String, RecordType> flowThrough(Planner.Planned entry) {
        String id = entry.entry().id();
        StagePlan plan = entry.plan();
        Map<String, RecordType> outputs = new LinkedHashMap<>();
        Map<String, Set<String>> readOfOutputs = new HashMap<>();
        for (OutputPort port : plan.outputs()) {
            Set<String> fields = read.get(new PortId(id, port.name()));
            if (fields != null) {
                boolean late = port.name().equals(OutputPort.LATE);
                RecordType type = late
                        ? port.type()
                        : MetaField.addedTo(port.type(), entry.meta()).project(fields);
                outputs.put(port.name(), type);
                readOfOutputs.put(port.name(), Set.copyOf(type.names()));
            }
        }
        if (entry.entry().type().info().errors() && read.containsKey(new PortId(id, OutputPort.ERRORS))) {
            outputs.put(OutputPort.ERRORS, FailureRecord.TYPE);
        }
        Map<String, Set<String>> readOfInputs = plan.fieldsRead(readOfOutputs);
        for (LogicalInput input : entry.inputs()) {
            Set<String> fields = readOfInputs.getOrDefault(input.name(), Set.of());
            input.ports().forEach(port -> read.computeIfAbsent(port, p -> new LinkedHashSet<>())
                    .addAll(fields));
        }
        return outputs;
    }
}
