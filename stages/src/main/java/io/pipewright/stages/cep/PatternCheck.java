package io.pipewright.stages.cep;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.option.Times;
import io.pipewright.spi.stage.PlanContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks how the steps of a pattern stand to each other. It refuses what Flink CEP refuses when a job is built, and what
 * it takes and then does not do; the reasons were read off the compiler of Flink 1.20's patterns.
 */
final class PatternCheck {

    private final CepOptions options;
    private final PlanContext in;

    PatternCheck(CepOptions options, PlanContext in) {
        this.options = options;
        this.in = in;
    }

    void check() {
        check(options.steps(), "steps", null, true);
        new GapCheck(options, in).check();
        new SkipCheck(options, in).check();
    }

    /**
     * @param group whose steps they are; null for those of the pattern itself
     * @param last whether the pattern ends with them
     */
    private void check(List<CepOptions.Step> steps, String list, CepOptions.@Nullable Step group, boolean last) {
        for (int i = 0; i < steps.size(); i++) {
            CepOptions.Step step = steps.get(i);
            String path = list + "[" + i + "]";
            List<CepOptions.Step> after = steps.subList(i + 1, steps.size());
            if (step.negated() && i > 0) {
                checkNegated(step, steps.get(i - 1), after, path, group);
            }
            if (step.greedy()) {
                checkGreedy(step, after, path);
            }
            if (step.until() != null) {
                checkUntil(step, path);
            }
            if (step.isGroup()) {
                boolean ends = last && after.isEmpty();
                checkGroup(step, path, i == 0 ? group : null);
                checkRepetitions(step, path, ends);
                check(step.inside(), path + ".steps", step, ends && !repeats(step));
            }
        }
    }

    private void checkNegated(
            CepOptions.Step step,
            CepOptions.Step before,
            List<CepOptions.Step> after,
            String path,
            CepOptions.@Nullable Step group) {
        if (step.isGroup()) {
            error(
                    "negated-step",
                    path + ".contiguity",
                    "`" + step.id() + "` is a group, and Flink CEP negates single steps alone.",
                    "write `where` in place of `steps`, or another `contiguity`.");
        }
        positiveOptions(step)
                .forEach(option -> error(
                        "negated-step",
                        OptionPath.key(path + "." + option),
                        "`" + step.id() + "` says what must not come and takes no event, so it has no `" + option
                                + "`.",
                        "remove `" + option + "`, or write another `contiguity`."));
        if (before.optional() || (before.isGroup() && !repeats(before) && mayBeAbsent(before))) {
            error(
                    "negated-after-optional",
                    path + ".contiguity",
                    "`" + before.id() + "`, after which `" + step.id()
                            + "` must not come, may be absent; Flink CEP has no such pattern.",
                    "write two patterns, one with `" + before.id() + "` and one without it.");
        }
        checkHeeded(step, after, path, group);
    }

    private void checkHeeded(
            CepOptions.Step step, List<CepOptions.Step> after, String path, CepOptions.@Nullable Step group) {
        boolean last = group == null && after.isEmpty();
        String unheeded = last ? "" : unheeded(step, after);
        if (!unheeded.isEmpty()) {
            error(
                    "negated-unheeded",
                    path + ".contiguity",
                    "Flink CEP does not heed `" + step.id() + "` here: " + unheeded
                            + (group == null ? "." : " in `" + group.id() + "`."),
                    "let a step that must come follow it, or make it the last one of the pattern.");
        } else if (last && step.contiguity() == CepOptions.Contiguity.NOT_FOLLOWED_BY && options.within() == null) {
            error(
                    "negated-without-limit",
                    path + ".contiguity",
                    "`" + step.id() + "` is the last step, so without `within` it is never known that no such event"
                            + " comes.",
                    "add `within` to the pattern, or a step after this one.");
        }
    }

    private static List<String> positiveOptions(CepOptions.Step step) {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("times", step.times() != null);
        given.put("loopContiguity", step.loopContiguity() != null);
        given.put("optional", step.optional());
        given.put("greedy", step.greedy());
        given.put("until", step.until() != null);
        given.put("withinGap", step.withinGap() != null);
        return given.keySet().stream()
                .filter(option -> Boolean.TRUE.equals(given.get(option)))
                .toList();
    }

    /**
     * Why Flink's matcher does not keep a negation up to the step that must come next: it is lost at an optional group, at
     * the end of a group, before a negation of the other kind, and where nothing must come. Empty if it is kept.
     */
    private static String unheeded(CepOptions.Step negated, List<CepOptions.Step> after) {
        for (CepOptions.Step next : after) {
            String name = "`" + next.id() + "` ";
            if (next.negated()) {
                if (next.contiguity() != negated.contiguity()) {
                    return name + "is next, and negated in another way";
                }
            } else if (!next.optional()) {
                return beginsSurely(next) ? "" : name + "is next, a group that may begin without its first step";
            } else if (next.isGroup()) {
                return name + "is next, a group that may be absent";
            }
        }
        return "no step that must come follows";
    }

    /** Whether its first event is one of its first step. */
    private static boolean beginsSurely(CepOptions.Step step) {
        return !step.optional()
                && (step.inside().isEmpty() || beginsSurely(step.inside().get(0)));
    }

    private void checkGreedy(CepOptions.Step step, List<CepOptions.Step> after, String path) {
        String reason = greedyReason(step, after);
        if (reason != null && !step.negated()) {
            error("misplaced-greedy", OptionPath.key(path + ".greedy"), reason, "remove `greedy`.");
        }
    }

    private static @Nullable String greedyReason(CepOptions.Step step, List<CepOptions.Step> after) {
        String name = "`" + step.id() + "` ";
        if (step.isGroup()) {
            return name + "is a group, and in Flink CEP single steps alone can be greedy.";
        } else if (!step.varies()) {
            return name + "takes a fixed number of events, so it cannot be greedy.";
        } else if (step.loopContiguity() == CepOptions.LoopContiguity.FOLLOWED_BY_ANY) {
            return name + "has `loopContiguity: followedByAny`, which tries all combinations, so it cannot be greedy.";
        }
        boolean next = after.stream()
                .filter(each -> !each.negated())
                .findFirst()
                .map(PatternCheck::beginsSurely)
                .orElse(false);
        return next
                ? null
                : name + "is greedy towards the step after it, but none that must come is next to it; Flink CEP does"
                        + " not heed that.";
    }

    private void checkUntil(CepOptions.Step step, String path) {
        if (!step.isOpen() && !step.negated()) {
            error(
                    "misplaced-until",
                    OptionPath.key(path + ".until"),
                    "`until` ends a step that takes any number of events, but `" + step.id() + "` takes "
                            + (step.times() == null ? "one" : "`" + step.times().text() + "`") + ".",
                    "write `times: 1..`, or remove `until`.");
        }
        step.inside().stream()
                .filter(CepOptions.Step::isGroup)
                .findFirst()
                .ifPresent(inner -> error(
                        "misplaced-until",
                        OptionPath.key(path + ".until"),
                        "Flink CEP does not heed `until` of `" + step.id() + "` inside its group `" + inner.id() + "`.",
                        "write `until` on `" + inner.id() + "`, or make a pattern without groups in groups."));
    }

    /** @param around the group that it begins, if it begins one */
    private void checkGroup(CepOptions.Step group, String path, CepOptions.@Nullable Step around) {
        if (around != null) {
            error(
                    "misplaced-group",
                    path,
                    "`" + around.id() + "` begins with the group `" + group.id() + "`; Flink CEP then forgets how `"
                            + around.id() + "` follows what is before it.",
                    "begin `" + around.id() + "` with a step.");
        }
        if ((repeats(group) || group.optional()) && group.inside().stream().allMatch(PatternCheck::mayBeAbsent)) {
            error(
                    "hollow-group",
                    path,
                    "All steps of `" + group.id() + "` may be absent, and "
                            + (repeats(group) ? "it repeats" : "so may it itself")
                            + ": Flink CEP would find one match more than once, or never end.",
                    "let one of its steps be there always.");
        }
    }

    /** Flink's matcher waits for another repetition in the state from which it also goes on to the next step. */
    private void checkRepetitions(CepOptions.Step group, String path, boolean last) {
        if (group.varies() && !last && group.loopContiguity() != CepOptions.LoopContiguity.NEXT) {
            error(
                    "varying-group",
                    path + ".times",
                    "`" + group.id()
                            + "` repeats a varying number of times, and something follows it: Flink CEP would find"
                            + " one match more than once, and would not heed `next`.",
                    "add `loopContiguity: next`, or write a fixed number of times.");
        }
    }

    private static boolean repeats(CepOptions.Step group) {
        return group.times() != null && !group.times().equals(Times.exactly(1));
    }

    private static boolean mayBeAbsent(CepOptions.Step step) {
        return step.optional()
                || step.negated()
                || (step.isGroup() && step.inside().stream().allMatch(PatternCheck::mayBeAbsent));
    }

    private void error(String code, String path, String message, @Nullable String hint) {
        in.error(code, path, message, hint);
    }
}
