/** The {@code latest} stage: keeps a row for each key that is its latest record. */
@NullMarked
package io.pipewright.stages.latest;

import org.jspecify.annotations.NullMarked;
