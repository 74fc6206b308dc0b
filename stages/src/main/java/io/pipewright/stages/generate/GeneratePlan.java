package io.pipewright.stages.generate;

import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.StagePlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code generate} source.
 *
 * @param count how many records there are, null for no end
 */
record GeneratePlan(SourcePlan source, GeneratedRecords records, @Nullable Long count) implements StagePlan {

    @Override
    public List<OutputPort> outputs() {
        return List.of(OutputPort.main(source.record().type()));
    }

    @Override
    public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of();
    }

    @Override
    public boolean isEndless() {
        return count == null;
    }

    @Override
    public String stateSignature() {
        return "numbers of records";
    }
}
