package io.pipewright.stages.discard;

/** The {@code discard} sink has no options of its own. */
public record DiscardOptions() {}
