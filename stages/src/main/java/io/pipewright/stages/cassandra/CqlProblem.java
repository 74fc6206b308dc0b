package io.pipewright.stages.cassandra;

/**
 * Something in a schema file that could not be read.
 *
 * @param line from 1
 * @param message one sentence
 * @param hint the next action
 */
record CqlProblem(int line, String message, String hint) {}
