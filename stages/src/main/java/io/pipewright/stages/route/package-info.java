/** The {@code route} stage: sends each record to the ports of the rules that take it. */
@NullMarked
package io.pipewright.stages.route;

import org.jspecify.annotations.NullMarked;
