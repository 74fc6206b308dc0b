/** The side-by-side benchmark: contenders that compute the same from the same events, measured in turn and judged by an oracle. */
@NullMarked
package io.pipewright.bench;

import org.jspecify.annotations.NullMarked;
