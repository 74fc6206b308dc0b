/** Expressions as a plugin sees them: checked when planned, bound to a layout when opened. */
@NullMarked
package io.pipewright.spi.expression;

import org.jspecify.annotations.NullMarked;
