package io.pipewright.yaml;

import java.util.List;
import java.util.Optional;

/**
 * A value as its author laid it out: with its anchor and the way it is written. Places are indexes into the
 * {@link FileText}.
 */
sealed interface LayoutNode {

    /** Where its own text begins, after its anchor. */
    int start();

    /** Where its own text ends; equal to the start for a value left out. */
    int end();

    /** With its ampersand; empty if it has none. */
    String anchor();

    /**
     * A scalar.
     *
     * @param text what YAML makes of it
     * @param raw its characters in the file
     * @param block what a block scalar holds
     */
    record Scalar(
            String anchor, int start, int end, ScalarStyle style, String text, String raw, Optional<BlockText> block)
            implements LayoutNode {

        boolean isBlock() {
            return block.isPresent();
        }

        boolean isLeftOut() {
            return style == ScalarStyle.PLAIN && text.isEmpty();
        }

        boolean isOneLine() {
            return !isBlock() && raw.indexOf('\n') < 0 && raw.indexOf('\r') < 0;
        }
    }

    /** An alias, {@code text} with its asterisk. */
    record Alias(int start, int end, String text) implements LayoutNode {
        @Override
        public String anchor() {
            return "";
        }
    }

    /** A map or a list. */
    record Collection(String anchor, int start, int end, boolean map, boolean flow, List<Entry> entries)
            implements LayoutNode {
        public Collection {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An entry of a map, or an item of a list.
     *
     * @param start where it begins, with the dash of an item, the question mark or the anchor of a key
     * @param key empty for an item
     */
    record Entry(int start, Optional<LayoutNode> key, LayoutNode value) {}
}
