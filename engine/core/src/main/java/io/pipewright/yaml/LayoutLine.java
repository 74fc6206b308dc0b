package io.pipewright.yaml;

import io.pipewright.yaml.LayoutBlock.Trailing;
import java.util.List;
import java.util.Optional;

/**
 * A line of the canonical form before its columns are aligned.
 *
 * @param block whose entry it is; lines of one block are aligned with each other. None for comments and continued texts
 */
record LayoutLine(Optional<LayoutBlock> block, List<Cell> cells, Optional<Trailing> trailing) {

    static final LayoutLine EMPTY = of("");

    LayoutLine {
        cells = List.copyOf(cells);
    }

    static LayoutLine of(String text) {
        return new LayoutLine(Optional.empty(), List.of(new Cell("", text, -1, 0)), Optional.empty());
    }

    boolean isEmpty() {
        return cells.size() == 1 && cells.get(0).text().isEmpty();
    }

    /**
     * A part of a line that can stand under one of the line above.
     *
     * @param name only cells of one name stand under each other
     * @param column where its author put it, -1 if it began a line
     * @param gap the blanks before it
     */
    record Cell(String name, String text, int column, int gap) {}
}
