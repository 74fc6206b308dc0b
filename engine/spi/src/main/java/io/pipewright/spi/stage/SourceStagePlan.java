package io.pipewright.spi.stage;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The plan of a source: it has no input, and one output with the records that it declares. */
public interface SourceStagePlan extends StagePlan {

    /** What all sources share. */
    SourcePlan source();

    @Override
    default List<OutputPort> outputs() {
        return List.of(OutputPort.main(source().record().type()));
    }

    @Override
    default Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
        return Map.of();
    }
}
