package io.pipewright.definition;

import io.pipewright.spi.type.Scalar;

/**
 * An entry of {@code vars}, with the value it has in this run.
 *
 * @param text the value as written, which is what {@code ${var:name}} puts in its place
 * @param type its type in expressions; rates and sizes are strings there
 * @param value its value in expressions, of the type's class
 */
public record VarDefinition(String name, String text, Scalar type, Object value) {}
