package io.pipewright.yaml;

import java.util.List;
import java.util.Optional;

/**
 * Decides which maps and lists are written in block style: those that are, and those in flow style that need more than
 * one line or hold comments.
 */
final class BlockTree {
    static final int MAX_WIDTH = 150;

    private final Layout layout;
    private final CanonicalRules rules;
    private final FlowLine flow;

    private BlockTree(Layout layout, CanonicalRules rules, FlowLine flow) {
        this.layout = layout;
        this.rules = rules;
        this.flow = flow;
    }

    /** The file as a list whose one item, written without a dash, is the root. */
    static LayoutBlock of(Layout layout, CanonicalRules rules, FlowLine flow) {
        LayoutNode.Collection root = layout.root();
        int start = root.anchor().isEmpty()
                ? root.start()
                : layout.pieces().get(layout.pieceBefore(root.start())).start();
        LayoutNode.Entry whole = new LayoutNode.Entry(start, Optional.empty(), root);
        LayoutNode.Collection file =
                new LayoutNode.Collection("", 0, layout.file().length(), false, false, List.of(whole));
        LayoutBlock top = new LayoutBlock(file, Optional.empty(), 0);
        new BlockTree(layout, rules, flow).add(whole, top, 0, 0);
        return top;
    }

    private void add(LayoutNode.Entry entry, LayoutBlock parent, int indentation, int childIndentation) {
        LayoutBlock.Unit unit = new LayoutBlock.Unit(entry, parent);
        unit.afterEmptyLine = !parent.node.flow()
                && layout.file().startsLine(entry.start())
                && layout.isAfterEmptyLine(entry.start());
        parent.units.add(unit);
        if (entry.value() instanceof LayoutNode.Collection node && !fits(node, unit, indentation)) {
            int column = node.flow()
                    ? 0
                    : layout.file().columnOf(node.entries().get(0).start());
            LayoutBlock block = new LayoutBlock(node, Optional.of(unit), column);
            unit.block = Optional.of(block);
            for (LayoutNode.Entry child : KeyOrder.of(node, layout, rules)) {
                add(child, block, childIndentation, childIndentation + 2);
            }
            if (parent.owner.isEmpty()) {
                separateMoved(block);
            }
        }
    }

    private boolean fits(LayoutNode.Collection node, LayoutBlock.Unit unit, int indentation) {
        if (!node.flow()) {
            return false;
        }
        String key = unit.entry.key().map(each -> flow.key(each, false)).orElse("");
        int head = indentation + width(key) + 2 + (node.anchor().isEmpty() ? 0 : width(node.anchor()) + 1);
        boolean fits = flow.collection(node)
                .filter(text -> head + width(text) <= MAX_WIDTH)
                .isPresent();
        return fits || node.entries().isEmpty();
    }

    /** Blocks of the root that change their order are set apart by empty lines. */
    private static void separateMoved(LayoutBlock root) {
        int before = -1;
        boolean moved = false;
        for (LayoutBlock.Unit unit : root.units) {
            moved |= unit.entry.start() < before;
            before = unit.entry.start();
        }
        for (LayoutBlock.Unit unit : root.units) {
            unit.afterEmptyLine |= moved && unit.block.isPresent();
        }
    }

    static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
