package io.pipewright.stages.file;

import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.SourceStagePlan;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A checked {@code file} source.
 *
 * @param pollEvery how often files are looked for that have grown or are new; null if files are read to their ends, once
 */
record FileSourcePlan(String path, SourcePlan source, @Nullable Duration pollEvery) implements SourceStagePlan {

    @Override
    public boolean isEndless() {
        return pollEvery != null;
    }

    @Override
    public String stateSignature() {
        return pollEvery == null ? "file positions" : "positions of followed files";
    }
}
