package io.pipewright.stages.cep;

import io.pipewright.spi.option.OptionPath;
import io.pipewright.spi.stage.PlanContext;
import java.util.ArrayList;
import java.util.List;

/** Checks {@code afterMatch}: that the step to which it skips is one to which Flink CEP can. */
final class SkipCheck {

    private final CepOptions options;
    private final PlanContext in;

    SkipCheck(CepOptions options, PlanContext in) {
        this.options = options;
        this.in = in;
    }

    void check() {
        CepOptions.AfterMatch after = options.afterMatch();
        if (after == null) {
            return;
        }
        String skip = after.skip().text();
        if (!after.skip().toStep()) {
            if (after.step() != null) {
                in.error(
                        "useless-option",
                        OptionPath.key("afterMatch.step"),
                        "`skip: " + skip + "` needs no `step`.",
                        "remove `step`, or write `skip: toFirst` or `skip: toLast`.");
            }
        } else if (after.step() == null) {
            in.error(
                    "missing-option",
                    "afterMatch",
                    "`skip: " + skip + "` needs the step to which it goes.",
                    "add `step`, such as `step: "
                            + options.steps().stream()
                                    .findFirst()
                                    .map(CepOptions.Step::id)
                                    .orElse("…") + "`.");
        } else {
            checkSkipTo(after.skip(), after.step());
        }
    }

    private void checkSkipTo(CepOptions.Skip skip, String id) {
        String path = "afterMatch.step";
        for (int i = 0; i < options.steps().size(); i++) {
            CepOptions.Step step = options.steps().get(i);
            if (step.id().equals(id)) {
                if (step.isGroup() || step.negated()) {
                    in.error(
                            "misplaced-skip",
                            path,
                            "`" + id + "` "
                                    + (step.isGroup()
                                            ? "is a group, and Flink CEP skips to single steps alone."
                                            : "says what must not come and takes no event, so nothing can skip to it."),
                            "name a step that takes events.");
                } else {
                    warnOfIdleSkip(skip, step, i == 0);
                }
                return;
            }
        }
        List<String> inGroups = new ArrayList<>();
        options.steps().forEach(step -> addIds(step.inside(), inGroups));
        if (inGroups.contains(id)) {
            in.error(
                    "misplaced-skip",
                    path,
                    "`" + id + "` is in a group, and Flink CEP skips to steps outside of groups alone.",
                    "name a step that is in no group.");
            return;
        }
        List<String> ids = options.steps().stream().map(CepOptions.Step::id).toList();
        in.error(
                "unknown-step",
                path,
                "There is no step `" + id + "`.",
                in.nearest(id, ids)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse("name one of the pattern's steps."));
    }

    private static void addIds(List<CepOptions.Step> steps, List<String> ids) {
        for (CepOptions.Step step : steps) {
            ids.add(step.id());
            addIds(step.inside(), ids);
        }
    }

    private void warnOfIdleSkip(CepOptions.Skip skip, CepOptions.Step step, boolean first) {
        boolean itsFirst = skip == CepOptions.Skip.TO_FIRST || step.times() == null;
        if (first && itsFirst && !step.optional()) {
            in.warning(
                    "idle-skip",
                    "afterMatch.step",
                    "Every match begins with `" + step.id() + "`, so skipping to it drops no other match.",
                    "name a later step, or write `skip: toNext`.");
        } else if (step.optional()) {
            in.warning(
                    "idle-skip",
                    "afterMatch.step",
                    "`" + step.id() + "` may be absent, and a match without it drops no other match.",
                    "name a step that is always there, or write `skip: pastLast`.");
        }
    }
}
