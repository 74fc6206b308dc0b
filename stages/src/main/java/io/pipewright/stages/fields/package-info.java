/** The stages {@code select} and {@code add}, which compute fields of each record. */
@NullMarked
package io.pipewright.stages.fields;

import org.jspecify.annotations.NullMarked;
