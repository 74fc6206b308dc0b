/** The static types of records and of the values in them. */
@NullMarked
package io.pipewright.spi.type;

import org.jspecify.annotations.NullMarked;
