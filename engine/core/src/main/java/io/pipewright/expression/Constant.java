package io.pipewright.expression;

import io.pipewright.spi.type.DataType;

/**
 * One of the pipeline's {@code vars} as expressions see it.
 *
 * @param value of the class that the type names
 */
public record Constant(DataType type, Object value) {}
