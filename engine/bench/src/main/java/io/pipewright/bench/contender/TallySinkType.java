package io.pipewright.bench.contender;

import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.TallySink;
import io.pipewright.spi.option.Option;
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

/** The sink {@code tally}: counts what the pipeline puts out, and sums up its hashes. */
public final class TallySinkType implements StageType<TallySinkType.Options, TallySinkType.Plan> {

    private static final String ROLE = "sink";

    /** The options of a tally. */
    public record Options(
            @Option(doc = "The file with the plan of the run.") String plan,
            @Option(doc = "What the rows are.") ResultKind kind) {}

    /** A planned tally. */
    record Plan(FeedRun run, ResultKind kind, Set<String> fields) implements StagePlan {
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
        return new StageInfo(StageInfo.Kind.SINK, "tally", "Counts rows.", false, false, List.of(ROLE));
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Optional<Plan> plan(Options options, PlanContext in) {
        return Optional.of(new Plan(
                FeedSourceType.run(options.plan()),
                options.kind(),
                Set.copyOf(in.input().names())));
    }

    @Override
    public Supplier<StageBuilder<Plan>> builder() {
        return () -> (plan, inputs, context) -> {
            RecordRows rows = new RecordRows(plan.kind(), context.input(StagePlan.FROM));
            context.sink(inputs.from().sinkTo(new TallySink<>(plan.run(), plan.kind(), rows::hash)), ROLE);
            return Streams.none();
        };
    }
}
