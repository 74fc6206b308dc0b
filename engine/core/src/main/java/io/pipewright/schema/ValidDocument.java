package io.pipewright.schema;

import io.pipewright.yaml.Document;
import io.pipewright.yaml.ScalarNode;
import java.util.Set;

/**
 * A document whose keys are all known, whose required keys are all there, and whose values are of the right kind or
 * {@link io.pipewright.yaml.BrokenNode}s: what {@link DocumentValidator} makes, and nobody else.
 *
 * <p>A map whose {@code type} is broken was not looked into: there is no saying what its other keys are.
 *
 * @param secrets the values that options keep secret; the set compares by identity
 */
public record ValidDocument(Document document, Set<ScalarNode> secrets) {}
