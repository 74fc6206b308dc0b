package io.pipewright.sandbox;

/** How a command ended and what it wrote, standard output and standard error in one text. */
public record CommandResult(int exitCode, String output) {}
