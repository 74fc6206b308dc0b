package io.pipewright.stages.print;

/** The {@code print} sink has no options of its own. */
public record PrintOptions() {}
