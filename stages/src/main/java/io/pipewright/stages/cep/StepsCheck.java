package io.pipewright.stages.cep;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.stage.PlanContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what the steps of a pattern say together: their ids, and how each follows the one before. */
final class StepsCheck {

    /** The conditions of an event travel as the bits of one long. */
    private static final int MOST_STEPS = 64;

    /** Each event of a step is a state of the pattern, and of each partial match that waits for the next. */
    private static final int MOST_TIMES = 1000;

    private static final Set<String> RESERVED = Set.of("vars", "meta", "errors", "late");

    private final List<CepOptions.Step> steps;
    private final PlanContext in;
    private final Set<String> ids = new HashSet<>();
    private boolean idsFit = true;

    StepsCheck(List<CepOptions.Step> steps, PlanContext in) {
        this.steps = steps;
        this.in = in;
    }

    /** Reports all that is wrong; whether expressions can tell the steps by their ids. */
    boolean idsFit() {
        if (steps.isEmpty()) {
            idsFit = false;
            error("empty-list", "steps", "`cep` needs at least one step.", "add `- {id: …, where: …}`.");
        }
        if (steps.size() > MOST_STEPS) {
            error(
                    "too-many-steps",
                    "steps",
                    "A pattern may have " + MOST_STEPS + " steps, not " + steps.size() + ".",
                    "use `times` for steps that repeat.");
        }
        for (int i = 0; i < steps.size(); i++) {
            checkId(steps.get(i), "steps[" + i + "]");
            checkContiguity(steps.get(i), i, "steps[" + i + "]");
            checkTimes(steps.get(i), "steps[" + i + "]");
        }
        return idsFit;
    }

    private void checkId(CepOptions.Step step, String path) {
        String id = step.id();
        int before = ids.size();
        if (!id.matches("[a-z][A-Za-z0-9]*") || RESERVED.contains(id)) {
            error(
                    "invalid-id",
                    path + ".id",
                    "`" + id + "` cannot be the id of a step.",
                    "use a lower-case letter, then letters and digits, as in `firstFailure`.");
        } else if (!ids.add(id)) {
            error("duplicate-id", path + ".id", "Two steps are called `" + id + "`.", "give each an id of its own.");
        } else if (in.input().field(id).isPresent()) {
            error(
                    "step-named-like-field",
                    path + ".id",
                    "`" + id + "` is also a field of the events, so an expression could mean either.",
                    "choose another id.");
            idsFit = false;
        }
        idsFit &= ids.size() > before;
    }

    private void checkContiguity(CepOptions.Step step, int index, String path) {
        if (index == 0 && step.contiguity() != null) {
            error(
                    "contiguity-of-first-step",
                    OptionPath.key(path + ".contiguity"),
                    "The first step follows no other, so it has no `contiguity`.",
                    "remove it; between the events of this step, `loopContiguity` counts.");
        }
        if (index > 0 && step.contiguity() == null) {
            error(
                    "missing-option",
                    path,
                    "`" + step.id() + "` does not say how it follows `"
                            + steps.get(index - 1).id() + "`.",
                    "add `contiguity: next` (no event between) or `contiguity: followedBy` (others are skipped).");
        }
    }

    private void checkTimes(CepOptions.Step step, String path) {
        Times times = step.times();
        if (times != null && Math.max(times.min(), times.max() == null ? 0 : times.max()) > MOST_TIMES) {
            error(
                    "out-of-range",
                    path + ".times",
                    "A step takes at most " + MOST_TIMES + " events one by one, and not `" + times.text() + "`.",
                    "write `1..` for any number of events, or a smaller number.");
        }
        if (times != null && times.min() == 0) {
            error(
                    "optional-step",
                    path + ".times",
                    "A step takes at least one event: `" + times.text()
                            + "` would make it optional, which is not offered" + " yet.",
                    "write `1..` or a range from 1.");
        } else if (step.loopContiguity() != null
                && (times == null || Times.exactly(1).equals(times))) {
            error(
                    "loop-contiguity-of-one",
                    OptionPath.key(path + ".loopContiguity"),
                    "`loopContiguity` says how several events of a step follow each other, but `" + step.id()
                            + "` takes one.",
                    "add `times`, or remove `loopContiguity`.");
        }
    }

    private void error(String code, String path, String message, @Nullable String hint) {
        in.error(code, path, message, hint);
    }
}
