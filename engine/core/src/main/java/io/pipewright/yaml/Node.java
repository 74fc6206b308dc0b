package io.pipewright.yaml;

import io.pipewright.diagnostic.Span;

/**
 * A value in a {@link Document}.
 *
 * <p>An alias is the very node of its anchor, with the anchor's place; so a tree can hold one node several times, but
 * never within itself.
 */
public sealed interface Node permits MappingNode, SequenceNode, ScalarNode, BrokenNode {
    /** The value's own text: without key, anchor, comments and the blanks around it. */
    Span span();

    /** What the author would call it: {@code a map}, {@code a list}, {@code a text}, ... */
    String describe();
}
