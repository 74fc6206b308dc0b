package io.pipewright.stages.top;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.ExpiringState;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.RowChange;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The {@code top} stage: keeps the first few records of each key in an order. */
public final class TopType implements StageType<TopOptions, TopPlan> {

    /** Says of a window's row how often the window has sent it. */
    private static final String FIRING = "firing";

    private static final Set<Scalar> NO_ORDER = Set.of(Scalar.BYTES, Scalar.JSON);

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "top",
                "Ranks the records of each key and keeps the first few, per window behind a `window`.",
                true,
                true,
                List.of(TopBuilder.RANKING, TopBuilder.WINDOWS));
    }

    @Override
    public Class<TopOptions> optionsType() {
        return TopOptions.class;
    }

    @Override
    public Optional<TopPlan> plan(TopOptions options, PlanContext in) {
        RecordType input = in.input();
        boolean windows = isBound(input, TopPlan.WINDOW_START) && isBound(input, TopPlan.WINDOW_END);
        Optional<List<Field>> keys = in.checkKey(options.keyBy(), input, "keyBy", true);
        checkNames(input, windows, in);
        checkTtl(options.ttl(), windows, in);
        if (options.orderBy().isEmpty()) {
            in.error(
                    "empty-list",
                    "orderBy",
                    "`top` needs something to order by.",
                    "add `- {by: …, direction: descending}`.");
        }
        List<TopPlan.Order> order = new ArrayList<>();
        for (int i = 0; i < options.orderBy().size(); i++) {
            order(options.orderBy().get(i), "orderBy[" + i + "].by", in).ifPresent(order::add);
        }
        if (keys.isEmpty() || order.size() < options.orderBy().size()) {
            return Optional.empty();
        }
        Set<String> groups = new LinkedHashSet<>(options.keyBy());
        if (windows) {
            groups.add(TopPlan.WINDOW_START);
            groups.add(TopPlan.WINDOW_END);
        }
        Duration ttl = options.ttl();
        return Optional.of(new TopPlan(
                in.id(),
                input,
                List.copyOf(groups),
                windows,
                options.n(),
                order,
                options.ties() == TopOptions.Ties.ALL,
                ttl == null ? ExpiringState.FOR_GOOD : ttl.toMillis()));
    }

    @Override
    public Supplier<StageBuilder<TopPlan>> builder() {
        return () -> new TopBuilder();
    }

    private static boolean isBound(RecordType input, String name) {
        return input.field(name)
                .filter(field -> field.type() == Scalar.TIMESTAMP && !field.nullable())
                .isPresent();
    }

    private static void checkNames(RecordType input, boolean windows, PlanContext in) {
        List<String> own = windows ? List.of(TopPlan.RANK) : List.of(TopPlan.RANK, RowChange.NAME);
        for (String name : own) {
            if (input.field(name).isPresent()) {
                in.error(
                        "reserved-field",
                        "from",
                        "The input has a field `" + name + "`, which `top` adds itself.",
                        "rename it with a `select` in front.");
            }
        }
        if (input.field(FIRING).filter(field -> field.type() == Scalar.LONG).isPresent()) {
            in.error(
                    "changes-not-taken",
                    "from",
                    "A window sends its rows several times, as their `" + FIRING
                            + "` says, and `top` would rank each of them.",
                    "have the `window` send each row once, without `allowedLateness` and `emitEvery`.");
        }
    }

    private static void checkTtl(@Nullable Duration ttl, boolean windows, PlanContext in) {
        if (windows && ttl != null) {
            in.error(
                    "useless-option",
                    OptionPath.key("ttl"),
                    "`ttl` is for rankings that go on; those of windows end with them.",
                    "leave it out.");
        } else if (!windows && ttl == null) {
            in.warning(
                    "unbounded-state",
                    "",
                    "`" + in.id() + "` keeps the ranking of every key for good, so its state grows with their number.",
                    "add `ttl`, such as `ttl: 90d`.");
        }
    }

    private static Optional<TopPlan.Order> order(TopOptions.Order order, String path, PlanContext in) {
        Optional<CheckedExpression> by = in.check(order.by(), in.scope());
        if (by.isPresent() && (!(by.get().type() instanceof Scalar scalar) || NO_ORDER.contains(scalar))) {
            in.error(
                    "type-mismatch",
                    path,
                    "Values of type `" + by.get().type().text() + "` have no order.",
                    "name a text, a number, a boolean, a date or a time.");
        }
        return by.map(checked -> new TopPlan.Order(checked, order.direction() == TopOptions.Direction.DESCENDING));
    }
}
