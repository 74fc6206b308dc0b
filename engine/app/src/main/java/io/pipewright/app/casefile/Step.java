package io.pipewright.app.casefile;

import java.time.Duration;
import java.util.List;

/** A step of a case. */
sealed interface Step {

    /** Sources emit; each its own arrivals in their order. */
    record Feed(List<List<Arrival>> bySource) implements Step {
        public Feed {
            bySource = List.copyOf(bySource);
        }
    }

    /** Time passes. */
    record Advance(Duration time) implements Step {}

    /** Snapshot and restore. */
    record Crash() implements Step {}
}
