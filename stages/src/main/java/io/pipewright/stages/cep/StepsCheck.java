package io.pipewright.stages.cep;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.stage.PlanContext;
import io.pipewright.spi.type.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what each step of a pattern says: its id, what it takes, and that it says how it follows the one before. */
final class StepsCheck {

    /** The conditions of an event travel as the bits of one long. */
    private static final int MOST_CONDITIONS = 64;

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
        if (conditions(steps) > MOST_CONDITIONS) {
            error(
                    "too-many-steps",
                    "steps",
                    "A pattern may have " + MOST_CONDITIONS + " steps, not " + conditions(steps)
                            + (hasUntil(steps) ? ", where each `until` counts as one." : "."),
                    "use `times` for steps that repeat.");
        }
        check(steps, "steps");
        return idsFit;
    }

    private static int conditions(List<CepOptions.Step> steps) {
        return steps.stream()
                .mapToInt(step -> (step.until() == null ? 0 : 1) + (step.isGroup() ? conditions(step.inside()) : 1))
                .sum();
    }

    private static boolean hasUntil(List<CepOptions.Step> steps) {
        return steps.stream().anyMatch(step -> step.until() != null || hasUntil(step.inside()));
    }

    private void check(List<CepOptions.Step> steps, String list) {
        for (int i = 0; i < steps.size(); i++) {
            CepOptions.Step step = steps.get(i);
            String path = list + "[" + i + "]";
            checkId(step, path);
            checkContiguity(step, i == 0 ? null : steps.get(i - 1), path);
            checkTimes(step, path);
            if (step.isGroup()) {
                checkGroup(step, path);
                check(step.inside(), path + ".steps");
            }
        }
    }

    static boolean isId(String text) {
        return Names.isId(text) && !RESERVED.contains(text);
    }

    private void checkId(CepOptions.Step step, String path) {
        String id = step.id();
        int before = ids.size();
        if (!isId(id)) {
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

    private void checkContiguity(CepOptions.Step step, CepOptions.@Nullable Step before, String path) {
        if (before == null && step.contiguity() != null) {
            error(
                    "contiguity-of-first-step",
                    OptionPath.key(path + ".contiguity"),
                    "The first step follows no other, so it has no `contiguity`.",
                    "remove it; between the events of this step, `loopContiguity` counts.");
        }
        if (before != null && step.contiguity() == null) {
            error(
                    "missing-option",
                    path,
                    "`" + step.id() + "` does not say how it follows `" + before.id() + "`.",
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
                    "A step that is there takes at least one event, and not `" + times.text() + "`.",
                    "write a number or a range from 1, and `optional: true` if the step may be absent.");
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

    private void checkGroup(CepOptions.Step group, String path) {
        if (group.inside().isEmpty()) {
            idsFit = false;
            error("empty-list", path + ".steps", "`" + group.id() + "` has no steps.", "add `- {id: …, where: …}`.");
        }
        if (group.where() != null) {
            error(
                    "conflicting-options",
                    OptionPath.key(path + ".where"),
                    "`" + group.id() + "` is a group, so its steps say which events they take.",
                    "remove `where`, or `steps`.");
        }
        Times times = group.times();
        if (times != null && times.min() <= MOST_TIMES && events(group) > MOST_TIMES) {
            error(
                    "out-of-range",
                    path + ".times",
                    "A group takes at most " + MOST_TIMES + " events one by one, with the `times` of its steps, and `"
                            + group.id() + "` would take " + events(group) + ".",
                    "write smaller numbers, or `1..` for any number of times.");
        }
    }

    /** How many events it takes one by one, at most. */
    private static long events(CepOptions.Step step) {
        Times times = step.times();
        long most = times == null ? 1 : times.max() == null ? times.min() + 1L : times.max();
        long each = step.isGroup()
                ? step.inside().stream().mapToLong(StepsCheck::events).sum()
                : 1;
        return Math.min(most, 1_000_000) * Math.min(each, 1_000_000);
    }

    private void error(String code, String path, String message, @Nullable String hint) {
        in.error(code, path, message, hint);
    }
}
