package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A map or list that is written in block style, entry by entry, while comments find their places and keys their order.
 * Belongs to one formatting and does not leave it.
 */
final class LayoutBlock {
    final LayoutNode.Collection node;
    final Optional<Unit> owner;

    /** Where the entries stand in the file, in code points from the start of the line. */
    final int column;

    /** The entries in the order in which they will be written. */
    final List<Unit> units = new ArrayList<>();

    /** Comments after the last entry. */
    final List<Remark> footer = new ArrayList<>();

    LayoutBlock(LayoutNode.Collection node, Optional<Unit> owner, int column) {
        this.node = node;
        this.owner = owner;
        this.column = column;
    }

    /** A comment on a line of its own. */
    record Remark(String text, boolean afterEmptyLine) {}

    /** A comment behind something. */
    record Trailing(String text, int column) {}

    /** An entry or item with the comments that belong to it. */
    static final class Unit {
        final LayoutNode.Entry entry;
        final LayoutBlock parent;
        final List<Remark> above = new ArrayList<>();

        /** Comments below a key without a value, indented. */
        final List<Remark> below = new ArrayList<>();

        Optional<LayoutBlock> block = Optional.empty();
        Optional<Trailing> trailing = Optional.empty();
        boolean afterEmptyLine;

        Unit(LayoutNode.Entry entry, LayoutBlock parent) {
            this.entry = entry;
            this.parent = parent;
        }

        boolean isItem() {
            return entry.key().isEmpty();
        }

        boolean isLeftOut() {
            return entry.value() instanceof LayoutNode.Scalar scalar && scalar.isLeftOut();
        }

        /** Where its text ends. */
        int end() {
            return Math.max(
                    entry.value().end(), entry.key().map(LayoutNode::end).orElse(entry.start() + 1));
        }
    }
}
