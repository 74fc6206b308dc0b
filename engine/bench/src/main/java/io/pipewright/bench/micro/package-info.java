/** JMH benchmarks of single steps, on the records of the feed. */
@NullMarked
package io.pipewright.bench.micro;

import org.jspecify.annotations.NullMarked;
