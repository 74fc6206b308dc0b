/** The {@code join} stage: pairs the records of two inputs whose keys are equal and whose times are close. */
@NullMarked
package io.pipewright.stages.join;

import org.jspecify.annotations.NullMarked;
