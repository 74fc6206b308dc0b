package io.pipewright.yaml;

import io.pipewright.diagnostic.Source;
import io.pipewright.diagnostic.Span;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One YAML file as a tree.
 *
 * <p>After an edit or an overlay, nodes have places in other sources than the document's own.
 */
public record Document(Source source, MappingNode root) {

    /** The node that a JSON pointer (RFC 6901) names, such as {@code /stages/volumes/keyBy/0}. */
    public Optional<Node> find(String pointer) {
        Optional<Node> node = Optional.of(root);
        for (String token : tokens(pointer)) {
            node = node.flatMap(parent -> child(parent, token));
        }
        return node;
    }

    /**
     * The place to show for a JSON pointer: that of the key for an entry of a map, else that of the value. If nothing
     * is there, the place of the nearest parent.
     */
    public Span keySpan(String pointer) {
        Node node = root;
        Span span = Span.startOf(source);
        for (String token : tokens(pointer)) {
            Optional<Node> next = child(node, token);
            if (next.isEmpty()) {
                return span;
            }
            span = node instanceof MappingNode mapping
                    ? mapping.entry(token).map(MappingNode.Entry::keySpan).orElse(span)
                    : next.get().span();
            node = next.get();
        }
        return span;
    }

    private static List<String> tokens(String pointer) {
        if (pointer.isEmpty()) {
            return List.of();
        }
        if (!pointer.startsWith("/")) {
            throw new IllegalArgumentException("A JSON pointer is empty or starts with a slash: " + pointer);
        }
        return Stream.of(pointer.substring(1).split("/", -1))
                .map(token -> token.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    private static Optional<Node> child(Node parent, String token) {
        if (parent instanceof MappingNode mapping) {
            return mapping.get(token);
        }
        if (parent instanceof SequenceNode sequence && token.matches("0|[1-9][0-9]{0,8}")) {
            int index = Integer.parseInt(token);
            return index < sequence.items().size()
                    ? Optional.of(sequence.items().get(index))
                    : Optional.empty();
        }
        return Optional.empty();
    }
}
