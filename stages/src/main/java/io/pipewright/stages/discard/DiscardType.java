package io.pipewright.stages.discard;

import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code discard} sink: says that records are lost on purpose, or leaves the writing out when speed is measured. */
public final class DiscardType implements StageType<DiscardOptions, DiscardPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SINK,
                "discard",
                "Takes records and does nothing with them.",
                false,
                false,
                List.of(DiscardBuilder.ROLE));
    }

    @Override
    public Class<DiscardOptions> optionsType() {
        return DiscardOptions.class;
    }

    @Override
    public Optional<DiscardPlan> plan(DiscardOptions options, PlanContext in) {
        return Optional.of(new DiscardPlan(in.input()));
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<DiscardPlan>> builder() {
        return () -> new DiscardBuilder();
    }
}
