package io.pipewright.stages.discard;

import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A {@code discard} sink. It reads all fields, so that what comes before it does what it does for any other sink. */
record DiscardPlan(RecordType input) implements StagePlan {

    @Override
    public List<OutputPort> outputs() {
        return List.of();
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of(FROM, Set.copyOf(input.names()));
    }

    @Override
    public List<String> notes() {
        return List.of("delivery: none");
    }
}
