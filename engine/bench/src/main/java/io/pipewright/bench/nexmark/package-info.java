/** Events after Nexmark's model, and Flink SQL's answers to its queries; nothing of the engine. */
@NullMarked
package io.pipewright.bench.nexmark;

import org.jspecify.annotations.NullMarked;
