package com.example.onchange;

import io.pipewright.spi.expression.CheckedExpression;
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

/** The half of {@code onChange} that checks and plans. It uses nothing of Flink, so that {@code validate} does without. */
public final class OnChangeType implements StageType<OnChangeOptions, OnChangePlan> {

    @Override
    public StageInfo info() {
        boolean needsEventTime = true;
        boolean hasErrors = true;
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "onChange",
                "Lets a record pass if a value of its key has changed.",
                needsEventTime,
                hasErrors,
                List.of(OnChangeBuilder.ROLE));
    }

    @Override
    public Class<OnChangeOptions> optionsType() {
        return OnChangeOptions.class;
    }

    @Override
    public Optional<OnChangePlan> plan(OnChangeOptions options, PlanContext in) {
        if (options.keyBy().isEmpty()) {
            in.error("empty-list", "keyBy", "`" + in.id() + "` has no key.", "name a field, such as `keyBy: [id]`.");
        }
        Optional<List<Field>> keys = in.checkKey(options.keyBy(), in.input(), "keyBy", false);
        Optional<CheckedExpression> value = in.check(options.value(), in.scope());
        Duration ttl = options.ttl();
        if (ttl == null) {
            in.warning(
                    "unbounded-state",
                    "",
                    "`" + in.id() + "` remembers every key for good, so its state grows with their number.",
                    "add `ttl`, such as `ttl: 1d`.");
        }
        long millis = ttl == null ? ExpiringState.FOR_GOOD : ttl.toMillis();
        return keys.isPresent()
                ? value.map(fine -> new OnChangePlan(in.id(), in.input(), options.keyBy(), fine, millis))
                : Optional.empty();
    }

    @Override
    public Supplier<StageBuilder<OnChangePlan>> builder() {
        return () -> new OnChangeBuilder();
    }
}
