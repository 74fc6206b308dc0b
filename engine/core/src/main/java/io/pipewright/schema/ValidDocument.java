package io.pipewright.schema;

import io.pipewright.yaml.Document;
import io.pipewright.yaml.ScalarNode;
import java.util.Set;

/**
 * A document whose keys are all known, whose required keys are all there, and whose values are of the right kind: what
 * {@link DocumentValidator} makes, and nobody else.
 *
 * @param secrets the values that options keep secret; the set compares by identity
 */
public record ValidDocument(Document document, Set<ScalarNode> secrets) {}
