package io.pipewright.stages.generate;

import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.Streams;

/** Adds the source of numbers, with the engine's pacing round it. */
final class GenerateBuilder implements StageBuilder<GeneratePlan> {

    @Override
    public Streams build(GeneratePlan plan, Streams inputs, BuildContext context) {
        return context.source(plan.source(), new NumbersSource(context.id(), plan, context.decoder(plan.source())));
    }
}
