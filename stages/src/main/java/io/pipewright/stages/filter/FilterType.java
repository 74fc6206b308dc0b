package io.pipewright.stages.filter;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.RecordRef;
import io.pipewright.spi.stage.Narrowing;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code filter} stage: lets the records pass that meet a condition. */
public final class FilterType implements StageType<FilterOptions, FilterPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "filter",
                "Lets the records pass that meet a condition.",
                false,
                true,
                List.of(FilterBuilder.ROLE));
    }

    @Override
    public Class<FilterOptions> optionsType() {
        return FilterOptions.class;
    }

    @Override
    public Optional<FilterPlan> plan(FilterOptions options, PlanContext in) {
        Optional<CheckedExpression> where = in.checkCondition(options.where(), in.scope());
        RecordRef record = options.record();
        Narrowing narrowing = record == null
                ? Narrowing.none(in.input())
                : Narrowing.check(in.input(), in.record(record).type(), "record", in);
        if (where.isPresent() && where.get().neverTrue()) {
            in.warning(
                    "never-true",
                    "where",
                    "`" + in.id() + "` lets no record pass: its condition is always false.",
                    "write a condition that some record can meet, or remove the stage.");
        }
        return where.map(condition -> new FilterPlan(condition, narrowing));
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<FilterPlan>> builder() {
        return () -> new FilterBuilder();
    }
}
