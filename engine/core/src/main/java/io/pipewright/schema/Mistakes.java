package io.pipewright.schema;

import io.pipewright.diagnostic.Span;
import io.pipewright.diagnostic.Suggest;
import io.pipewright.yaml.BrokenNode;
import io.pipewright.yaml.Document;
import io.pipewright.yaml.MappingNode;
import io.pipewright.yaml.Node;
import io.pipewright.yaml.ScalarNode;
import io.pipewright.yaml.SequenceNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a document has mistakes of structure, and the document without them: wrong values become {@link BrokenNode}s,
 * missing keys are there with one, unknown keys are gone.
 *
 * <p>A value whose key stands there twice is one of two, and nobody knows which.
 *
 * <p>A key that is absent while an unknown one looks like it counts as missing: it is probably what the author wrote.
 */
final class Mistakes {

    private final Set<Node> broken = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> twice = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Node, Map<String, Span>> missing = new IdentityHashMap<>();
    private final Map<Node, Set<String>> unknown = new IdentityHashMap<>();
    private final List<Span> cuts = new ArrayList<>();

    /** Notes the place of an expression that YAML took apart; what else is there are its pieces. */
    void cut(ScalarNode expression, Span whole) {
        broken.add(expression);
        cuts.add(whole);
    }

    void broken(Node value) {
        broken.add(value);
    }

    /** Notes a map in which all entries under one key are looked at. */
    void mayHoldTwice(Node mapping) {
        twice.add(mapping);
    }

    boolean isBroken(Node value) {
        return broken.contains(value);
    }

    void missing(Node mapping, String key, Span span) {
        missing.computeIfAbsent(mapping, node -> new LinkedHashMap<>()).put(key, span);
    }

    void unknown(MappingNode mapping, MappingNode.Entry entry, Collection<String> known) {
        unknown.computeIfAbsent(mapping, node -> new LinkedHashSet<>()).add(entry.key());
        Suggest.nearest(entry.key(), known)
                .filter(near -> mapping.get(near).isEmpty())
                .ifPresent(near -> missing(mapping, near, entry.keySpan()));
    }

    Document without(Document document) {
        boolean none = broken.isEmpty() && missing.isEmpty() && unknown.isEmpty() && cuts.isEmpty();
        return none && !holdsKeysTwice(document.root())
                ? document
                : new Document(document.source(), mapping(document.root()));
    }

    private static boolean holdsKeysTwice(Node node) {
        if (node instanceof SequenceNode sequence) {
            for (Node item : sequence.items()) {
                if (holdsKeysTwice(item)) {
                    return true;
                }
            }
        } else if (node instanceof MappingNode mapping) {
            for (MappingNode.Entry entry : mapping.entries()) {
                if (!entry.again().isEmpty() || holdsKeysTwice(entry.value())) {
                    return true;
                }
            }
        }
        return false;
    }

    private Node without(Node node) {
        if (broken.contains(node)) {
            return new BrokenNode(node.span());
        } else if (node instanceof MappingNode mapping) {
            return mapping(mapping);
        } else if (node instanceof SequenceNode sequence) {
            return new SequenceNode(sequence.items().stream().map(this::without).toList(), sequence.span());
        }
        return node;
    }

    /** @param once whether it cannot be known which is meant if the key stands there again */
    private MappingNode.Entry entry(MappingNode.Entry entry, boolean once) {
        if (!entry.again().isEmpty() && once) {
            return new MappingNode.Entry(
                    entry.key(), entry.keySpan(), new BrokenNode(entry.value().span()));
        }
        return entry.withValue(without(entry.value()))
                .withAgain(
                        entry.again().stream().map(again -> entry(again, once)).toList());
    }

    private MappingNode mapping(MappingNode node) {
        Map<String, MappingNode.Entry> entries = new LinkedHashMap<>();
        for (MappingNode.Entry entry : node.entries()) {
            boolean piece = cuts.stream().anyMatch(cut -> CutExpression.isIn(cut, entry.keySpan()));
            if (!piece && !unknown.getOrDefault(node, Set.of()).contains(entry.key())) {
                entries.put(entry.key(), entry(entry, !twice.contains(node)));
            }
        }
        missing.getOrDefault(node, Map.of())
                .forEach((key, span) -> entries.put(key, new MappingNode.Entry(key, span, new BrokenNode(span))));
        return new MappingNode(entries.values(), node.span());
    }
}
