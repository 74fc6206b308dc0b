/** The {@code dedupe} stage: lets the first record of each key pass. */
@NullMarked
package io.pipewright.stages.dedupe;

import org.jspecify.annotations.NullMarked;
