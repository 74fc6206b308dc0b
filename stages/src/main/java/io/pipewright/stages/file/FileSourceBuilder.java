package io.pipewright.stages.file;

import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.Framing;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.Streams;
import java.time.Duration;

/** Adds the source of lines, with the engine's pacing round it. */
final class FileSourceBuilder implements StageBuilder<FileSourcePlan> {

    @Override
    public Streams build(FileSourcePlan plan, Streams inputs, BuildContext context) {
        boolean header = plan.source().format().framing() == Framing.LINES_BELOW_HEADER;
        SourceDecoder decoder = context.decoder(plan.source());
        Duration pollEvery = plan.pollEvery();
        return context.source(
                plan.source(),
                pollEvery == null
                        ? new LinesSource(plan.path(), header, decoder)
                        : new FollowingSource(
                                plan.path(), pollEvery, header, plan.source().eventTime() != null, decoder));
    }
}
