/** The {@code enrich} stage: adds to each record what another input last said of its key. */
@NullMarked
package io.pipewright.stages.enrich;

import org.jspecify.annotations.NullMarked;
