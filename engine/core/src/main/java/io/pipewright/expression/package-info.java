/**
 * Expressions: parsed and type-checked by the reference library of the Common Expression Language, judged by rules of
 * our own about nulls, and lowered to a tree of our own. Only this package knows that library.
 */
@NullMarked
package io.pipewright.expression;

import org.jspecify.annotations.NullMarked;
