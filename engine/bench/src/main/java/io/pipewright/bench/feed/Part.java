package io.pipewright.bench.feed;

import java.util.List;

/** How much of the pipeline is measured. */
public enum Part {
    /** All of it. */
    FULL(List.of("volumes", "enriched")),
    /** The counts per channel alone. */
    WINDOW(List.of("volumes")),
    /** The pattern alone, on interactions that were not joined with customers; alerts then have an empty tier. */
    PATTERN(List.of("repeatedFailures")),
    /** Reading alone: what every other part has in it. */
    PARSE(List.of());

    private final List<String> lateStages;

    Part(List<String> lateStages) {
        this.lateStages = lateStages;
    }

    /** The stages that tell of an interaction that is late. */
    public List<String> lateStages() {
        return lateStages;
    }

    public boolean hasWindow() {
        return this == FULL || this == WINDOW;
    }

    public boolean hasJoin() {
        return this == FULL;
    }

    public boolean hasPattern() {
        return this == FULL || this == PATTERN;
    }
}
