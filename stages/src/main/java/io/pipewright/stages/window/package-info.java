/** The {@code window} stage: aggregates of the records of a key over spans of event time. */
@NullMarked
package io.pipewright.stages.window;

import org.jspecify.annotations.NullMarked;
