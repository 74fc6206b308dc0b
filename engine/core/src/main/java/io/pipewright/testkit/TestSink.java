package io.pipewright.testkit;

import io.pipewright.spi.stage.OutputPort;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.stage.Streams;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The sink {@code test} of a {@link Scenario}: it reads every field, and what reaches it is collected. */
final class TestSink implements StageType<TestSink.Options, TestSink.Plan> {

    private static final String ROLE = "sink";

    /** No options. */
    record Options() {}

    /** A planned test sink. */
    record Plan(Set<String> fields) implements StagePlan {
        @Override
        public List<OutputPort> outputs() {
            return List.of();
        }

        @Override
        public Map<String, Set<String>> fieldsRead(Map<String, Set<String>> readOfOutputs) {
            return Map.of(FROM, fields);
        }
    }

    @Override
    public StageInfo info() {
        return new StageInfo(StageInfo.Kind.SINK, "test", "Collected by a test.", false, false, List.of(ROLE));
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Optional<Plan> plan(Options options, PlanContext in) {
        return Optional.of(new Plan(Set.copyOf(in.input().names())));
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<Plan>> builder() {
        return () -> (plan, inputs, context) -> {
            context.sink(inputs.from().sinkTo(new DiscardingSink<>()), ROLE);
            return Streams.none();
        };
    }
}
