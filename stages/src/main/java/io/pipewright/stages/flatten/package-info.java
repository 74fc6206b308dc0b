/** The {@code flatten} stage: makes one record of each element of a list. */
@NullMarked
package io.pipewright.stages.flatten;

import org.jspecify.annotations.NullMarked;
