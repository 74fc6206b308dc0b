/** The events that all contenders read, made once and looped over, and the oracle that says what they must make of them. */
@NullMarked
package io.pipewright.bench.feed;

import org.jspecify.annotations.NullMarked;
