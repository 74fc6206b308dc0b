/** The {@code top} stage: keeps the first few records of each key in an order. */
@NullMarked
package io.pipewright.stages.top;

import org.jspecify.annotations.NullMarked;
