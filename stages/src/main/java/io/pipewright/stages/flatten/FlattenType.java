package io.pipewright.stages.flatten;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.Names;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code flatten} stage: makes one record of each element of a list. */
public final class FlattenType implements StageType<FlattenOptions, FlattenPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "flatten",
                "Makes one record of each element of a list.",
                false,
                true,
                List.of(FlattenBuilder.ROLE));
    }

    @Override
    public Class<FlattenOptions> optionsType() {
        return FlattenOptions.class;
    }

    @Override
    public Optional<FlattenPlan> plan(FlattenOptions options, PlanContext in) {
        if (!Names.isIdentifier(options.name())) {
            in.error(
                    "invalid-field-name",
                    "name",
                    "`" + options.name() + "` cannot be the name of a field.",
                    "use letters, digits and `_`, with a letter first.");
        }
        Optional<CheckedExpression> list = in.check(options.list(), in.scope());
        if (list.isPresent() && !(list.get().type() instanceof ListType)) {
            in.error(
                    "type-mismatch",
                    "list",
                    "`flatten` needs a list, and this is `" + list.get().type().text() + "`.",
                    "name a field whose type is a list, such as `list<string>`.");
        }
        return list.flatMap(checked -> checked.type() instanceof ListType type
                ? Optional.of(new FlattenPlan(in.id(), in.input(), checked, options.name(), type.element()))
                : Optional.empty());
    }

    @Override
    public boolean takesChanges() {
        return true;
    }

    @Override
    public Supplier<StageBuilder<FlattenPlan>> builder() {
        return () -> new FlattenBuilder();
    }
}
