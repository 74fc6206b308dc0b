package io.pipewright.stages.latest;

import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Field;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code latest} stage: keeps a row for each key that is its latest record. */
public final class LatestType implements StageType<LatestOptions, LatestPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "latest",
                "Keeps a row for each key, its latest record; `op` says whether a row is written or deleted.",
                true,
                true,
                List.of(LatestBuilder.ROLE));
    }

    @Override
    public Class<LatestOptions> optionsType() {
        return LatestOptions.class;
    }

    @Override
    public Optional<LatestPlan> plan(LatestOptions options, PlanContext in) {
        Optional<List<Field>> keys = in.checkKey(options.keyBy(), in.input(), "keyBy", false);
        if (options.keyBy().isEmpty()) {
            in.error(
                    "empty-list",
                    "keyBy",
                    "`latest` needs at least one key field.",
                    "name the field that says whom a record is about.");
        }
        if (in.input().field(RowChange.NAME).isPresent()) {
            in.error(
                    "reserved-field",
                    "from",
                    "The input has a field `" + RowChange.NAME + "`, which `latest` adds itself.",
                    "rename it with a `select` in front.");
        }
        Duration ttl = options.ttl();
        if (ttl == null) {
            in.warning(
                    "unbounded-state",
                    "",
                    "`" + in.id() + "` keeps the row of every key for good, so its state grows with their number.",
                    "add `ttl`, such as `ttl: 90d`.");
        }
        return keys.map(fine -> new LatestPlan(
                in.id(), in.input(), options.keyBy(), ttl == null ? ExpiringState.FOR_GOOD : ttl.toMillis()));
    }

    @Override
    public Supplier<StageBuilder<LatestPlan>> builder() {
        return () -> new LatestBuilder();
    }
}
