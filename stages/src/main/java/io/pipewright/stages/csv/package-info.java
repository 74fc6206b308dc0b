/** The {@code csv} format: a record is a line of cells, as RFC 4180 has them. */
@NullMarked
package io.pipewright.stages.csv;

import org.jspecify.annotations.NullMarked;
