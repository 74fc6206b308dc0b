/** What every source gets from the engine: its rate limit, idleness, event time and watermarks, and its error port. */
@NullMarked
package io.pipewright.flink.source;

import org.jspecify.annotations.NullMarked;
