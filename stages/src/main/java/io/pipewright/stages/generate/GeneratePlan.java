package io.pipewright.stages.generate;

import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.SourceStagePlan;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code generate} source.
 *
 * @param count how many records there are, null for no end
 */
record GeneratePlan(SourcePlan source, GeneratedRecords records, @Nullable Long count) implements SourceStagePlan {

    @Override
    public boolean isEndless() {
        return count == null;
    }

    @Override
    public String stateSignature() {
        return "numbers of records";
    }
}
