package io.pipewright.sandbox.cxone;

import java.util.List;
import java.util.Map;

/** All records of a topic in phases, and how many of each kind there are. */
public record GeneratedFeed(GeneratorOptions options, List<FeedPhase> phases, Map<RecordKind, Integer> kinds) {
    /** Copies both. */
    public GeneratedFeed {
        phases = List.copyOf(phases);
        kinds = Map.copyOf(kinds);
    }

    /** How many records there are. */
    public int size() {
        return phases.stream().mapToInt(p -> p.records().size()).sum();
    }
}
