package io.pipewright.stages.csv;

import java.io.Serializable;

/**
 * How cells are told apart.
 *
 * @param nullValue the text of a cell without quotes that is null
 */
record Dialect(char delimiter, char quote, String nullValue) implements Serializable {}
