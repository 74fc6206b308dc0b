package io.pipewright.bench.contender;

import io.pipewright.bench.feed.FeedRun;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.BuildContext;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.SourceStagePlan;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.stage.Streams;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The source {@code rows}: records of {@link SinkRow}s that nobody has to parse, for what only writes. */
public final class RowSourceType implements StageType<RowSourceType.Options, RowSourceType.Plan> {

    /** The options of rows. */
    public record Options(
            @Option(doc = "The file with the plan of the run.") String plan,
            @Option(doc = "Names the record of a row; nothing is parsed.") SourceFormat format,
            @Option(doc = "Whether the records are made before the run, and come again.", defaultValue = "false")
                    boolean readyMade) {}

    /** Planned rows. */
    record Plan(SourcePlan source, FeedRun run, boolean readyMade) implements SourceStagePlan {}

    @Override
    public StageInfo info() {
        return new StageInfo(StageInfo.Kind.SOURCE, "rows", "Numbered rows.", false, true, List.of("source", "split"));
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Optional<Plan> plan(Options options, PlanContext in) {
        return in.source(options.format(), null, null)
                .map(source -> new Plan(source, FeedSourceType.run(options.plan()), options.readyMade()));
    }

    @Override
    public Supplier<StageBuilder<Plan>> builder() {
        return () -> RowSourceType::build;
    }

    private static Streams build(Plan plan, Streams inputs, BuildContext context) {
        RowMaker<SourceElement> maker = RowSourceType::element;
        return context.source(
                plan.source(), new RowSource<>(plan.run(), plan.readyMade() ? new RowMaker.ReadyMade<>(maker) : maker));
    }

    private static SourceElement element(long number) {
        SinkRow row = SinkRow.of(number);
        DataRecord record =
                DataRecord.of(row.customer(), row.number(), row.channel(), row.status(), row.time(), row.seconds());
        return new SourceElement(record, false, row.time().toEpochMilli());
    }
}
