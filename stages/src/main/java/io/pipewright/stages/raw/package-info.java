/** The {@code raw} format: a message or line as it is, in one field. */
@NullMarked
package io.pipewright.stages.raw;

import org.jspecify.annotations.NullMarked;
