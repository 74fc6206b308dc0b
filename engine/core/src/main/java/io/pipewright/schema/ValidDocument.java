package io.pipewright.schema;

import io.pipewright.yaml.Document;

/**
 * A document whose keys are all known, whose required keys are all there, and whose values are of the right kind: what
 * {@link DocumentValidator} makes, and nobody else.
 */
public record ValidDocument(Document document) {}
