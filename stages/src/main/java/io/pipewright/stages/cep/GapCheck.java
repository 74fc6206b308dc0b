package io.pipewright.stages.cep;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.stage.PlanContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code withinGap}. Flink CEP looks at the limit of the state in which a match waits: a step that waits in no state
 * of its own, or in one that stands for another event, would have no limit or a wrong one.
 */
final class GapCheck {

    private final CepOptions options;
    private final PlanContext in;
    private boolean told;

    GapCheck(CepOptions options, PlanContext in) {
        this.options = options;
        this.in = in;
    }

    void check() {
        checkLength(options.withinGap(), "withinGap");
        check(options.steps(), "steps", "");
    }

    private void checkLength(@Nullable Duration gap, String path) {
        Duration within = options.within();
        if (gap != null && within != null && gap.compareTo(within) > 0) {
            in.error(
                    "conflicting-options",
                    path,
                    "`withinGap` is longer than `within`, in which the whole pattern must be over.",
                    "write a shorter `withinGap`, or remove it.");
        }
    }

    /** @param head why the first of the steps has no limit that holds; empty if it has */
    private void check(List<CepOptions.Step> steps, String list, String head) {
        for (int i = 0; i < steps.size(); i++) {
            CepOptions.Step step = steps.get(i);
            String path = list + "[" + i + "]";
            boolean first = i == 0 && list.equals("steps");
            String before = i == 0 ? head : unsettled(steps.subList(0, i));
            checkLength(step.withinGap(), path + ".withinGap");
            if (step.isGroup()) {
                if (step.withinGap() != null && !step.negated()) {
                    tell(path, step, "it is a group");
                }
                check(step.inside(), path + ".steps", headOf(step, first ? "" : before));
            } else if (!step.negated()) {
                checkStep(step, path, first, before);
            }
        }
    }

    private void checkStep(CepOptions.Step step, String path, boolean first, String before) {
        if (first) {
            if (step.withinGap() != null) {
                tell(path, step, "no event is before it");
            }
            return;
        }
        if (step.withinGap() == null && options.withinGap() == null) {
            return;
        }
        if (repeats(step)) {
            tell(path, step, "it repeats, and the limit would be on another of its events");
        } else if (step.optional()) {
            tell(path, step, "it may be absent");
        } else if (!before.isEmpty()) {
            tell(path, step, before);
        }
    }

    private static boolean repeats(CepOptions.Step step) {
        return step.times() != null && !step.times().equals(Times.exactly(1));
    }

    /** Why the first step of a group has no limit; empty if it has. */
    private static String headOf(CepOptions.Step group, String before) {
        String own = unsettled(List.of(group));
        if (!own.isEmpty() || !repeats(group)) {
            return own.isEmpty() ? before : own;
        }
        return before.isEmpty() ? unsettled(group.inside()) : before;
    }

    /** Why the step after these has no state of its own at once; empty if it has. */
    private static String unsettled(List<CepOptions.Step> before) {
        for (int i = before.size() - 1; i >= 0; i--) {
            CepOptions.Step step = before.get(i);
            if (step.contiguity() == CepOptions.Contiguity.NOT_FOLLOWED_BY) {
                continue;
            }
            String name = "`" + step.id() + "` before it ";
            if (step.negated()) {
                return name + "is negated";
            } else if (step.optional()) {
                return name + "may be absent";
            } else if (step.varies()) {
                return name + "may go on";
            }
            return unsettled(step.inside());
        }
        return "";
    }

    private void tell(String path, CepOptions.Step step, String reason) {
        boolean own = step.withinGap() != null;
        if (!own && told) {
            return;
        }
        told |= !own;
        in.error(
                "misplaced-gap",
                OptionPath.key(own ? path + ".withinGap" : "withinGap"),
                "Flink CEP would not hold `withinGap` for `" + step.id() + "`: " + reason + ".",
                "remove `withinGap`; `within` limits the whole pattern.");
    }
}
