package io.pipewright.stages.window;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The {@code window} stage: aggregates the records of each group over spans of event time. */
public final class WindowType implements StageType<WindowOptions, WindowPlan> {

    private static final Set<String> OWN_FIELDS =
            Set.of(WindowPlan.WINDOW_START, WindowPlan.WINDOW_END, WindowPlan.FIRING);

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "window",
                "Aggregates the records of each group over spans of event time.",
                true,
                true,
                List.of(
                        WindowBuilder.PARTIALS,
                        WindowBuilder.PANES,
                        WindowBuilder.SLICES,
                        WindowBuilder.SESSIONS,
                        WindowBuilder.TOTAL));
    }

    @Override
    public Class<WindowOptions> optionsType() {
        return WindowOptions.class;
    }

    @Override
    public Optional<WindowPlan> plan(WindowOptions options, PlanContext in) {
        Optional<List<Field>> keys = in.checkKey(options.keyBy(), in.input(), "keyBy", true);
        boolean namesFine = checkKeyNames(options, in) & checkNames(options, in);
        Optional<Cut> cut = new CutCheck(options, in).check();
        List<WindowPlan.Aggregate> aggregates = new ArrayList<>();
        options.aggregate().forEach((name, expression) -> in.checkAggregate(expression, in.scope())
                .ifPresent(checked -> aggregates.add(new WindowPlan.Aggregate(name, checked))));
        if (options.approximate()) {
            ApproximationCheck.check(
                    aggregates, aggregates.size() == options.aggregate().size(), in);
        }
        if (keys.isEmpty()
                || cut.isEmpty()
                || !namesFine
                || aggregates.size() < options.aggregate().size()) {
            return Optional.empty();
        }
        return Optional.of(new WindowPlan(
                in.id(),
                in.input(),
                keys.get(),
                cut.get(),
                options.allowedLateness().toMillis(),
                options.emitEvery() == null ? 0 : options.emitEvery().toMillis(),
                aggregates,
                options.approximate()));
    }

    @Override
    public Supplier<StageBuilder<WindowPlan>> builder() {
        return () -> new WindowBuilder();
    }

    private static boolean checkKeyNames(WindowOptions options, PlanContext in) {
        boolean fine = true;
        for (int i = 0; i < options.keyBy().size(); i++) {
            if (OWN_FIELDS.contains(options.keyBy().get(i))) {
                in.error(
                        "reserved-field",
                        "keyBy[" + i + "]",
                        "`" + options.keyBy().get(i) + "` is the name of a field that `window` adds.",
                        "rename the field of the input before this stage.");
                fine = false;
            }
        }
        return fine;
    }

    private static boolean checkNames(WindowOptions options, PlanContext in) {
        boolean fine = true;
        if (options.aggregate().isEmpty()) {
            in.error(
                    "empty-map",
                    "aggregate",
                    "`window` needs at least one result.",
                    "add one, for example `events: count()`.");
            fine = false;
        }
        for (String name : options.aggregate().keySet()) {
            String path = OptionPath.key("aggregate." + name);
            if (OWN_FIELDS.contains(name)) {
                in.error(
                        "reserved-field",
                        path,
                        "`" + name + "` is the name of a field that `window` adds itself.",
                        "choose another name.");
                fine = false;
            } else if (options.keyBy().contains(name)) {
                in.error(
                        "duplicate-field",
                        path,
                        "`" + name + "` is already in the output, as a field of `keyBy`.",
                        "choose another name.");
                fine = false;
            } else if (!Names.isIdentifier(name)) {
                in.error(
                        "invalid-field-name",
                        path,
                        "`" + name + "` cannot be the name of a field.",
                        "use letters, digits and `_`, with a letter first.");
                fine = false;
            }
        }
        return fine;
    }
}
