package io.pipewright.stages.discard;

import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.Streams;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Adds Flink's own sink that writes nothing. */
final class DiscardBuilder implements StageBuilder<DiscardPlan> {

    static final String ROLE = "writer";

    @Override
    public Streams build(DiscardPlan plan, Streams inputs, BuildContext context) {
        context.sink(inputs.from().sinkTo(new DiscardingSink<>()), ROLE);
        return Streams.none();
    }
}
