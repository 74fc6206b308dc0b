/** The {@code discard} sink: takes records and does nothing with them. */
@NullMarked
package io.pipewright.stages.discard;

import org.jspecify.annotations.NullMarked;
