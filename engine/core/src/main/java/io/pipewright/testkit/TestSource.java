package io.pipewright.testkit;

import io.pipewright.spi.option.EventTime;
import io.pipewright.spi.option.Option;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.option.SourceFormat;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.SourcePlan;
import io.pipewright.spi.stage.SourceStagePlan;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The source {@code test} of a {@link Scenario}: the test emits in its place. */
final class TestSource implements StageType<TestSource.Options, TestSource.Plan> {

    static final String NAME = "test";

    /** The options of a test source. */
    record Options(
            @Option(doc = "What each record is.") RecordRef record,
            @Option(doc = "The timestamp field that is the event time; without it, records have none.") @Nullable
                    String time) {}

    /**
     * A planned test source.
     *
     * @param time the field that is the event time, null for none
     */
    record Plan(SourcePlan source, @Nullable String time) implements SourceStagePlan {}

    @Override
    public StageInfo info() {
        return new StageInfo(StageInfo.Kind.SOURCE, NAME, "Fed by a test.", false, false, List.of("source", "split"));
    }

    @Override
    public Class<Options> optionsType() {
        return Options.class;
    }

    @Override
    public Optional<Plan> plan(Options options, PlanContext in) {
        String field = options.time();
        SourceFormat format =
                new SourceFormat(TestFormat.NAME, options.record(), SourceFormat.Blank.SKIP, new TestFormat.Options());
        EventTime time = field == null
                ? null
                : new EventTime(field, EventTime.Missing.SOURCE_TIMESTAMP, Duration.ZERO, null, Duration.ZERO);
        return in.source(format, time, null).map(source -> new Plan(source, field));
    }

    @Override
    public Supplier<StageBuilder<Plan>> builder() {
        return () -> (plan, inputs, context) -> context.source(plan.source(), new UnreadSource());
    }
}
