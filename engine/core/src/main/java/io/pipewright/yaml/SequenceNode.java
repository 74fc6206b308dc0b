package io.pipewright.yaml;

import io.pipewright.diagnostic.Span;
import java.util.List;

/** A list in the order of the file. */
public record SequenceNode(List<Node> items, Span span) implements Node {
    public SequenceNode {
        items = List.copyOf(items);
    }

    @Override
    public String describe() {
        return "a list";
    }
}
