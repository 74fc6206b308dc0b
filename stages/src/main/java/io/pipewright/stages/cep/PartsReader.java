package io.pipewright.stages.cep;

import io.pipewright.spi.expression.CheckedExpression;
import io.pipewright.spi.option.Expression;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.stage.PlanContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the parts of a pattern from what its author wrote, with their conditions checked. */
final class PartsReader {

    private final CepOptions options;
    private final PlanContext in;
    private boolean fine = true;

    PartsReader(CepOptions options, PlanContext in) {
        this.options = options;
        this.in = in;
    }

    /** Empty if a condition has no meaning, which was reported. */
    Optional<List<Part>> read() {
        List<Part> parts = parts(options.steps(), Set.of(), true);
        return fine && !parts.isEmpty() ? Optional.of(parts) : Optional.empty();
    }

    /**
     * @param before the steps to which conditions can look back
     * @param first whether the first of the steps is the first of the pattern
     */
    private List<Part> parts(List<CepOptions.Step> steps, Set<String> before, boolean first) {
        Set<String> known = new LinkedHashSet<>(before);
        List<Part> parts = new ArrayList<>();
        boolean begins = first;
        for (CepOptions.Step step : steps) {
            parts.add(part(step, known, begins));
            known.addAll(takers(step));
            begins = false;
        }
        return parts;
    }

    /** The steps that take events, in it or it itself. */
    private static List<String> takers(CepOptions.Step step) {
        return step.isGroup()
                ? step.inside().stream()
                        .flatMap(inner -> takers(inner).stream())
                        .toList()
                : Stream.of(step)
                        .filter(taker -> !taker.negated())
                        .map(CepOptions.Step::id)
                        .toList();
    }

    private Part part(CepOptions.Step step, Set<String> before, boolean first) {
        Set<String> known = new LinkedHashSet<>(before);
        known.addAll(takers(step));
        CheckedExpression until = condition(step.until(), known);
        if (step.isGroup()) {
            boolean repeats = step.times() != null && !step.times().equals(Times.exactly(1));
            List<Part> parts = parts(step.inside(), repeats ? known : before, first);
            return new Part.Group(step.id(), parts, quantifier(step, until, CepPlan.NO_LIMIT));
        }
        CheckedExpression where = condition(step.where(), known);
        if (step.where() != null && where != null && where.neverTrue() && !step.negated()) {
            warnOfNever(step, step.where());
        }
        return new Part.Step(step.id(), where, quantifier(step, until, gap(step, first)));
    }

    private void warnOfNever(CepOptions.Step step, Expression where) {
        boolean vital = !step.optional() && options.steps().contains(step);
        in.warning(
                "never-true",
                where.path(),
                "`" + step.id() + "` never takes an event" + (vital ? ", so the pattern is never found" : "")
                        + ": its condition is always false.",
                "write a condition that some event can meet, or remove the step.");
    }

    private @Nullable CheckedExpression condition(@Nullable Expression condition, Set<String> known) {
        if (condition == null) {
            return null;
        }
        List<String> steps = known.stream()
                .filter(step -> StepsCheck.isId(step) && in.input().field(step).isEmpty())
                .toList();
        Optional<CheckedExpression> checked =
                in.checkCondition(condition, CepPlan.scope(in.scope().fields(), in.input(), steps));
        fine &= checked.isPresent();
        return checked.orElse(null);
    }

    private long gap(CepOptions.Step step, boolean first) {
        Duration gap = step.withinGap() == null ? options.withinGap() : step.withinGap();
        return gap == null || first || step.negated() ? CepPlan.NO_LIMIT : gap.toMillis();
    }

    private static Part.Quantifier quantifier(CepOptions.Step step, @Nullable CheckedExpression until, long gap) {
        return new Part.Quantifier(
                step.contiguity() == null ? CepOptions.Contiguity.FOLLOWED_BY : step.contiguity(),
                step.times() == null ? Times.exactly(1) : step.times(),
                step.loopContiguity() == null ? CepOptions.LoopContiguity.FOLLOWED_BY : step.loopContiguity(),
                step.optional(),
                step.greedy(),
                until,
                gap);
    }
}
