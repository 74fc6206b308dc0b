/** The {@code print} sink: writes records to the standard output. */
@NullMarked
package io.pipewright.stages.print;

import org.jspecify.annotations.NullMarked;
