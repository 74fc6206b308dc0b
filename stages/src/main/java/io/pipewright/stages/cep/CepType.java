package io.pipewright.stages.cep;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.expression.Scope;
import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.stage.StageBuilder;
import io.pipewright.spi.stage.StageInfo;
import io.pipewright.spi.stage.StageType;
import io.pipewright.spi.type.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The {@code cep} stage: finds sequences of events of one key. */
public final class CepType implements StageType<CepOptions, CepPlan> {

    @Override
    public StageInfo info() {
        return new StageInfo(
                StageInfo.Kind.STAGE,
                "cep",
                "Finds sequences of events of one key, such as three failures and then a callback.",
                true,
                true,
                List.of(CepBuilder.SEQUENCE, CepBuilder.GATE, CepBuilder.FLINK));
    }

    @Override
    public Class<CepOptions> optionsType() {
        return CepOptions.class;
    }

    @Override
    public Optional<CepPlan> plan(CepOptions options, PlanContext in) {
        checkKeys(options, in);
        checkWithin(options, in);
        boolean idsFine = new StepsCheck(options.steps(), in).idsFit();
        new PatternCheck(options, in).check();
        Optional<List<Part>> parts = new PartsReader(options, in).read();
        if (!idsFine || parts.isEmpty()) {
            return Optional.empty();
        }
        List<CepPlan.Emitted> emitted = emitted(options, parts.get(), in);
        if (emitted.isEmpty()) {
            return Optional.empty();
        }
        warnOfUnboundedState(options, in);
        Duration within = options.within();
        CepOptions.AfterMatch after = options.afterMatch();
        return Optional.of(new CepPlan(
                in.id(),
                in.input(),
                options.keyBy(),
                parts.get(),
                within == null ? CepPlan.NO_LIMIT : within.toMillis(),
                after == null ? CepOptions.Skip.NONE : after.skip(),
                after == null || after.step() == null ? "" : after.step(),
                options.matcher(),
                emitted));
    }

    private static void warnOfUnboundedState(CepOptions options, PlanContext in) {
        CepOptions.Step first = options.steps().get(0);
        CepOptions.Step last = options.steps().get(options.steps().size() - 1);
        if (last.contiguity() == CepOptions.Contiguity.NOT_FOLLOWED_BY) {
            return; // that is an error of its own without a limit
        }
        if (options.within() == null && (options.steps().size() > 1 || first.isGroup() || first.times() != null)) {
            in.warning(
                    "unbounded-state",
                    "",
                    "`" + in.id()
                            + "` keeps every event that may begin a pattern for good, so its state grows without bound.",
                    "add `within`, such as `within: 30m`.");
        }
    }

    @Override
    public Supplier<StageBuilder<CepPlan>> builder() {
        return () -> new CepBuilder();
    }

    /** Empty if an error was reported. */
    private static List<CepPlan.Emitted> emitted(CepOptions options, List<Part> parts, PlanContext in) {
        List<String> steps = parts.stream()
                .flatMap(Part::steps)
                .filter(step -> !step.negated())
                .map(Part.Step::id)
                .toList();
        if (options.emit().isEmpty()) {
            String example = "count: size(" + steps.get(0) + ")";
            in.error("empty-map", "emit", "`cep` needs at least one field to emit.", "add one: `" + example + "`.");
            return List.of();
        }
        Scope scope = CepPlan.scope(steps, in.input());
        List<CepPlan.Emitted> emitted = new ArrayList<>();
        boolean[] fine = {true};
        options.emit().forEach((name, expression) -> {
            if (!Names.isIdentifier(name)) {
                in.error(
                        "invalid-field-name",
                        OptionPath.key("emit." + name),
                        "`" + name + "` cannot be the name of a field.",
                        "use letters, digits and `_`, with a letter first.");
                fine[0] = false;
            }
            Optional<CheckedExpression> checked = in.check(expression, scope);
            checked.ifPresent(known -> emitted.add(new CepPlan.Emitted(name, known)));
            fine[0] &= checked.isPresent();
        });
        return fine[0] ? emitted : List.of();
    }

    private static void checkKeys(CepOptions options, PlanContext in) {
        if (options.keyBy().isEmpty()) {
            in.error(
                    "empty-list",
                    "keyBy",
                    "`cep` needs at least one key field.",
                    "name the field whose events belong together, as `keyBy: [customerId]`.");
            return;
        }
        in.checkKey(options.keyBy(), in.input(), "keyBy", false);
    }

    /** Warns of a limit that is over before the watermark can tell that the pattern is there. */
    private static void checkWithin(CepOptions options, PlanContext in) {
        Duration within = options.within();
        if (within == null || within.compareTo(in.outOfOrderness()) > 0) {
            return;
        }
        in.warning(
                "short-within",
                "within",
                "`within` is no longer than the `outOfOrderness` of the source, so a match is told only after"
                        + " `within` is over.",
                "write a longer `within`, or a smaller `outOfOrderness` at the source.");
    }
}
