package io.pipewright.stages.file;

import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StagePlan;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A checked {@code file} source. */
record FileSourcePlan(String path, SourcePlan source) implements StagePlan {

    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(source.record().type()));
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of();
    }

    @Override
    public String stateSignature() {
        return "file positions";
    }
}
