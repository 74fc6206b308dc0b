package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The order of a map's entries in the canonical form. */
final class KeyOrder {

    private KeyOrder() {}

    /**
     * The keys that the rules name, then the others in the author's order. A map with an anchor or alias in it stays as
     * it is: an alias has to come after its anchor.
     */
    static List<LayoutNode.Entry> of(LayoutNode.Collection node, Layout layout, CanonicalRules rules) {
        FileText file = layout.file();
        List<String> first =
                rules.firstKeys().get(file.span(node.start(), node.start()).start());
        if (first == null || hasReferences(node)) {
            return node.entries();
        }
        List<LayoutNode.Entry> sorted = new ArrayList<>(node.entries());
        sorted.sort(Comparator.comparingInt(entry -> rank(entry, first)));
        return sorted;
    }

    private static int rank(LayoutNode.Entry entry, List<String> first) {
        String key = entry.key().orElseThrow() instanceof LayoutNode.Scalar scalar ? scalar.text() : "";
        int rank = first.indexOf(key);
        return rank < 0 ? first.size() : rank;
    }

    private static boolean hasReferences(LayoutNode.Collection node) {
        return node.entries().stream()
                .anyMatch(entry -> isReferring(entry.value())
                        || entry.key().filter(KeyOrder::isReferring).isPresent());
    }

    private static boolean isReferring(LayoutNode node) {
        return node instanceof LayoutNode.Alias
                || !node.anchor().isEmpty()
                || (node instanceof LayoutNode.Collection collection && hasReferences(collection));
    }
}
