package io.pipewright.stages.print;

import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.Streams;

/** Adds the sink that prints. */
final class PrintBuilder implements StageBuilder<PrintPlan> {

    static final String ROLE = "writer";

    @Override
    public Streams build(PrintPlan plan, Streams inputs, BuildContext context) {
        context.sink(inputs.from().sinkTo(new PrintSink(context.id(), context.input(StagePlan.FROM))), ROLE);
        return Streams.none();
    }
}
