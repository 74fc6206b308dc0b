/** The plugin interfaces: what a source, stage, sink, connection, check or format provides and what the engine gives it. */
@NullMarked
package io.pipewright.spi.stage;

import org.jspecify.annotations.NullMarked;
