package io.pipewright.plan;

import io.pipewright.definition.EntryDefinition;
import io.pipewright.spi.record.MetaField;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A planned entry.
 *
 * @param source how a source reads; empty for all others
 * @param inputTypes by input name: what its records hold at run time
 * @param outputTypes by port: what is read of each output, {@code errors} included; unread ports are absent
 */
public record LogicalNode(
        EntryDefinition entry,
        StagePlan plan,
        Optional<SourcePlan> source,
        List<LogicalInput> inputs,
        Map<String, RecordType> inputTypes,
        Map<String, RecordType> outputTypes) {

    public LogicalNode {
        inputs = List.copyOf(inputs);
        inputTypes = Collections.unmodifiableMap(new LinkedHashMap<>(inputTypes));
        outputTypes = Collections.unmodifiableMap(new LinkedHashMap<>(outputTypes));
    }

    /** The same entry with another plan of the same outputs. */
    public LogicalNode withPlan(StagePlan other) {
        return new LogicalNode(entry, other, source, inputs, inputTypes, outputTypes);
    }

    /** What the messages of a source have beside their values; nothing for all others. */
    public Set<MetaField> meta() {
        return meta(entry, source);
    }

    static Set<MetaField> meta(EntryDefinition entry, Optional<SourcePlan> source) {
        return source.map(plan -> plan.meta(entry.type().meta())).orElse(Set.of());
    }

    public String id() {
        return entry.id();
    }
}
