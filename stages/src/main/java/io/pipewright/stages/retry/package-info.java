/** What operators share that wait for a server's answers: asking again, knowing how long it has been silent, and for sinks all of it. */
@NullMarked
package io.pipewright.stages.retry;

import org.jspecify.annotations.NullMarked;
