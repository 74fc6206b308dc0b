package io.pipewright.expression;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with an expression and where in its text.
 *
 * @param code stable, such as {@code unknown-field}
 * @param message one sentence
 * @param hint the next action, if one is known
 * @param start offset of the first character
 * @param end offset behind the last character, at least {@code start}
 */
public record ExpressionProblem(String code, String message, @Nullable String hint, int start, int end) {}
