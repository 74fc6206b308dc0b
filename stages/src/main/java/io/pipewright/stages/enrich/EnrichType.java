package io.pipewright.stages.enrich;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.record.KeptFields;
import io.pipewright.spi.stage.AddedRecord;
import io.pipewright.spi.stage.ComputedFields;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.PairedKeys;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StagePlan;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code enrich} stage: adds to each record what another input last said of its key. */
public final class EnrichType implements StageType<EnrichOptions, EnrichPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "enrich",
                "Adds to each record what another input last said of its key.",
                true,
                true,
                List.of(EnrichBuilder.ROLE));
    }

    @Override
    public Class<EnrichOptions> optionsType() {
        return EnrichOptions.class;
    }

    @Override
    public Optional<EnrichPlan> plan(EnrichOptions options, PlanContext in) {
        RecordType from = in.input();
        RecordType with = KeptFields.without(in.input(options.with())); // expressions cannot name the others
        PairedKeys.Side left =
                new PairedKeys.Side(StagePlan.FROM, options.keyBy().from(), from);
        PairedKeys.Side right =
                new PairedKeys.Side(EnrichPlan.WITH, options.keyBy().with(), with);
        new PairedKeys(left, right).check("enrich", false, in);
        checkSomeAdded(options, in);
        if (!AddedRecord.checkName(options.name(), "the remembered record", from, in)) {
            return Optional.empty();
        }
        checkWait(options, in);
        Scope scope = EnrichPlan.scope(in.scope().fields(), with, options.name(), options.missing());
        Optional<ComputedFields> added = ComputedFields.check(options.add(), "add", scope, in);
        Expression deleteWhere = options.deleteWhere();
        Optional<CheckedExpression> deletes =
                deleteWhere == null ? Optional.empty() : in.checkCondition(deleteWhere, Scope.of(with));
        if (deletes.filter(CheckedExpression::neverTrue).isPresent()) {
            in.warning(
                    "never-true",
                    "deleteWhere",
                    "`" + in.id() + "` deletes nothing: the condition is always false.",
                    "write a condition that some record of `with` can meet, or remove `deleteWhere`.");
        }
        if (added.isEmpty()) {
            return Optional.empty();
        }
        Duration ttl = options.ttl();
        if (ttl == null) {
            in.warning(
                    "unbounded-state",
                    "",
                    "`" + in.id() + "` remembers every key of `with` for good, so its state grows with their number.",
                    "add `ttl`, such as `ttl: 90d`.");
        }
        return Optional.of(new EnrichPlan(
                in.id(),
                from,
                with,
                options.name(),
                options.keyBy().from(),
                options.keyBy().with(),
                ttl == null ? ExpiringState.FOR_GOOD : ttl.toMillis(),
                options.order(),
                options.missing(),
                waitUpTo(options),
                deletes.orElse(null),
                added.get()));
    }

    @Override
    public Supplier<StageBuilder<EnrichPlan>> builder() {
        return () -> new EnrichBuilder();
    }

    private static long waitUpTo(EnrichOptions options) {
        Duration waitUpTo = options.waitUpTo();
        return waitUpTo == null || options.missing() != EnrichOptions.Missing.WAIT ? 0 : waitUpTo.toMillis();
    }

    private static void checkWait(EnrichOptions options, PlanContext in) {
        boolean waits = options.missing() == EnrichOptions.Missing.WAIT;
        if (waits && options.waitUpTo() == null) {
            in.error(
                    "missing-option",
                    "missing",
                    "`missing: wait` does not say for how long.",
                    "add `waitUpTo`, such as `waitUpTo: 30s`.");
        } else if (!waits && options.waitUpTo() != null) {
            in.error(
                    "useless-option",
                    OptionPath.key("waitUpTo"),
                    "`waitUpTo` goes with `missing: wait` alone.",
                    "add `missing: wait`, or leave it out.");
        }
    }

    private static void checkSomeAdded(EnrichOptions options, PlanContext in) {
        if (options.add().isEmpty()) {
            in.error(
                    "empty-map",
                    "add",
                    "`enrich` needs at least one field to add.",
                    "add one, for example `tier: " + options.name() + ".tier`.");
        }
    }
}
