package io.pipewright.stages.file;

import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.Streams;

/** Adds the source of lines, with the engine's pacing round it. */
final class FileSourceBuilder implements StageBuilder<FileSourcePlan> {

    @Override
    public Streams build(FileSourcePlan plan, Streams inputs, BuildContext context) {
        return context.source(
                plan.source(),
                new LinesSource(
                        plan.path(),
                        plan.source().format().framing() == Framing.LINES_BELOW_HEADER,
                        context.decoder(plan.source())));
    }
}
