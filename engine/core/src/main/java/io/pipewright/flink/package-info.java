/** From a planned graph to a Flink job. */
@NullMarked
package io.pipewright.flink;

import org.jspecify.annotations.NullMarked;
