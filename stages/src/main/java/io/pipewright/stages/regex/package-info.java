/** The {@code regex} format: named groups of an expression that matches the whole line. */
@NullMarked
package io.pipewright.stages.regex;

import org.jspecify.annotations.NullMarked;
