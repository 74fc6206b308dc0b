/** The jobs that are measured, each written in another way; they compute the same. */
@NullMarked
package io.pipewright.bench.contender;

import org.jspecify.annotations.NullMarked;
