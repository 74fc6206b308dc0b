package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes values on one line. */
final class FlowLine {
    private static final int MAX_KEY = 1000;

    private final Layout layout;
    private final CanonicalRules rules;

    FlowLine(Layout layout, CanonicalRules rules) {
        this.layout = layout;
        this.rules = rules;
    }

    /** A collection on one line with its brackets; empty if it holds what needs lines of its own. */
    Optional<String> collection(LayoutNode.Collection node) {
        boolean commented = layout.hasComment(node.start(), node.end());
        if (commented && !node.entries().isEmpty()) {
            return Optional.empty();
        }
        return entries(node)
                .map(entries -> (node.map() ? "{" : "[") + String.join(", ", entries) + (node.map() ? "}" : "]"));
    }

    /** Its entries in their order; empty if one cannot be written on one line. */
    Optional<List<String>> entries(LayoutNode.Collection node) {
        List<String> entries = new ArrayList<>();
        for (LayoutNode.Entry entry : KeyOrder.of(node, layout, rules)) {
            Optional<String> text = entry(entry);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            entries.add(text.get());
        }
        return Optional.of(entries);
    }

    private Optional<String> entry(LayoutNode.Entry entry) {
        Optional<String> value = value(entry.value());
        if (entry.key().isEmpty() || value.isEmpty()) {
            return value;
        }
        String key = key(entry.key().get(), true);
        boolean leftOut = value.get().isEmpty();
        String mark = isLong(key) ? "? " : "";
        return Optional.of(mark + (leftOut ? key : key + (isLong(key) ? " : " : ": ") + value.get()));
    }

    private Optional<String> value(LayoutNode node) {
        if (node instanceof LayoutNode.Alias alias) {
            return Optional.of(alias.text());
        }
        String anchor = node.anchor().isEmpty() ? "" : node.anchor() + " ";
        if (node instanceof LayoutNode.Collection collection) {
            return collection(collection).map(text -> anchor + text);
        }
        LayoutNode.Scalar scalar = (LayoutNode.Scalar) node;
        boolean fits = !scalar.isBlock() && !(scalar.isLeftOut() && !anchor.isEmpty());
        return Optional.of(scalar)
                .filter(each -> fits)
                .map(each -> scalarLines(each, true))
                .filter(lines -> lines.size() == 1)
                .map(lines -> anchor + lines.get(0));
    }

    /** A scalar that is no block scalar. */
    List<String> scalarLines(LayoutNode.Scalar scalar, boolean flow) {
        String expression = rules.expressions()
                .get(layout.file().span(scalar.start(), scalar.start()).start());
        return expression == null ? ScalarLines.of(scalar, flow) : ScalarLines.ofExpression(scalar, expression, flow);
    }

    /** A key without its colon, with a blank behind an alias. */
    String key(LayoutNode key, boolean flow) {
        if (key instanceof LayoutNode.Alias alias) {
            return alias.text() + " ";
        }
        LayoutNode.Scalar scalar = (LayoutNode.Scalar) key;
        String text = scalar.isOneLine() ? ScalarLines.of(scalar, flow).get(0) : YamlWriter.quoted(scalar.text());
        String anchored = scalar.anchor().isEmpty() ? text : scalar.anchor() + " " + text;
        return anchored;
    }

    /** Whether YAML would find no colon behind a key: it looks no further than 1024 characters. */
    static boolean isLong(String key) {
        return key.length() > MAX_KEY;
    }
}
