/** The pipeline as its author meant it: every option bound to its type, nothing resolved yet. */
@NullMarked
package io.pipewright.definition;

import org.jspecify.annotations.NullMarked;
