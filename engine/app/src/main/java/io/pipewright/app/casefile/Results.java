package io.pipewright.app.casefile;

import io.pipewright.diagnostic.Diagnostics;
import java.util.List;

/** What came of the cases of a file. */
public final class Results {

    private final CaseFile file;
    private final List<Outcome> outcomes;

    Results(CaseFile file, List<Outcome> outcomes) {
        this.file = file;
        this.outcomes = List.copyOf(outcomes);
    }

    /** How many cases were run. */
    public int count() {
        return outcomes.size();
    }

    /** How many of them failed. */
    public int failed() {
        return (int) outcomes.stream().filter(outcome -> !outcome.passed()).count();
    }

    /** All that came out otherwise than expected. */
    public Diagnostics differences() {
        return Diagnostics.of(outcomes.stream()
                .flatMap(outcome -> outcome.differences().all().stream())
                .toList());
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    CaseFile file() {
        return file;
    }
}
