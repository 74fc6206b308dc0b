package io.pipewright.stages.dedupe;

import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Field;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code dedupe} stage: lets the first record of each key pass. */
public final class DedupeType implements StageType<DedupeOptions, DedupePlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "dedupe",
                "Lets the first record of each key pass, and not its duplicates.",
                true,
                true,
                List.of(DedupeBuilder.ROLE));
    }

    @Override
    public Class<DedupeOptions> optionsType() {
        return DedupeOptions.class;
    }

    @Override
    public Optional<DedupePlan> plan(DedupeOptions options, PlanContext in) {
        Optional<List<Field>> keys = in.checkKey(options.keyBy(), in.input(), "keyBy", false);
        if (options.keyBy().isEmpty()) {
            in.error(
                    "empty-list",
                    "keyBy",
                    "`dedupe` needs at least one key field.",
                    "name the field that a record and its duplicates have in common.");
        }
        Duration ttl = options.ttl();
        if (ttl == null) {
            in.warning(
                    "unbounded-state",
                    "",
                    "`" + in.id() + "` remembers every key for good, so its state grows with their number.",
                    "add `ttl`, such as `ttl: 1d`.");
        }
        return keys.map(fine -> new DedupePlan(
                in.id(), in.input(), options.keyBy(), ttl == null ? ExpiringState.FOR_GOOD : ttl.toMillis()));
    }

    @Override
    public Supplier<StageBuilder<DedupePlan>> builder() {
        return () -> new DedupeBuilder();
    }
}
