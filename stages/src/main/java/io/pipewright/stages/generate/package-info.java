/** The {@code generate} source: records from a seed, for demonstrations, load tests and pipelines without a server. */
@NullMarked
package io.pipewright.stages.generate;

import org.jspecify.annotations.NullMarked;
