package io.pipewright.stages.file;

import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.SourceStagePlan;

/** A checked {@code file} source. */
record FileSourcePlan(String path, SourcePlan source) implements SourceStagePlan {

    @Override
    public String stateSignature() {
        return "file positions";
    }
}
