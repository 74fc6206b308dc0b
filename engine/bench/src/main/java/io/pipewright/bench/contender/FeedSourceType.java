package io.pipewright.bench.contender;

import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.FeedSource;
import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.record.Origin;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.SourceStagePlan;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.stage.Streams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The source {@code feed}: generated events from memory, decoded as those of any other source are. */
public final class FeedSourceType implements StageType<FeedSourceType.Options, FeedSourceType.Plan> {

    /** The options of a feed. */
    public record Options(
            @Option(doc = "The file with the plan of the run.") String plan,
            @Option(doc = "How an event is read.") SourceFormat format,
            @Option(doc = "Where the time of an event is read.") @Nullable EventTime eventTime) {}

    /** A planned feed. */
    record Plan(SourcePlan source, FeedRun run) implements SourceStagePlan {}

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.SOURCE, "feed", "Generated events.", false, true, List.of("source", "split"));
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Optional<Plan> plan(Options options, PlanContext in) {
        return in.source(options.format(), options.eventTime(), null)
                .map(source -> new Plan(source, run(options.plan())));
    }

    static FeedRun run(String plan) {
        try {
            return JobPlanFile.read(Path.of(plan)).feed();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Supplier<StageBuilder<Plan>> builder() {
        return () -> FeedSourceType::build;
    }

    private static Streams build(Plan plan, Streams inputs, BuildContext context) {
        SourceDecoder decoder = context.decoder(plan.source());
        return context.source(
                plan.source(),
                new FeedSource<>(
                        plan.run(),
                        (line, sequence, out) ->
                                decoder.decode(line, new Origin("events", 0, sequence), SourceElement.NO_TIME, out)));
    }
}
