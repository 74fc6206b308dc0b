package io.pipewright.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts values and the entries of flow maps under those of the line above where the author did so, and exactly so.
 *
 * <p>An author asks for a column by putting two neighbours into it with more than one blank before one of them; then
 * all lines of the run are aligned. Where nobody asked, there is one blank.
 */
final class LineAligner {
    private final List<LayoutLine> lines;
    private final List<StringBuilder> texts = new ArrayList<>();

    private LineAligner(List<LayoutLine> lines) {
        this.lines = lines;
        lines.forEach(line -> texts.add(new StringBuilder(line.cells().get(0).text())));
    }

    static String text(List<LayoutLine> lines) {
        LineAligner aligner = new LineAligner(lines);
        int columns = lines.stream().mapToInt(line -> line.cells().size()).max().orElse(0);
        for (int column = 1; column < columns; column++) {
            aligner.align(column);
        }
        return aligner.withComments();
    }

    private void align(int column) {
        int start = 0;
        while (start < lines.size()) {
            int end = start + 1;
            if (lines.get(start).cells().size() > column) {
                while (end < lines.size() && goesOn(end, column)) {
                    end++;
                }
                alignRun(start, end, column);
            }
            start = end;
        }
    }

    private boolean goesOn(int index, int column) {
        LayoutLine above = lines.get(index - 1);
        LayoutLine line = lines.get(index);
        boolean oneBlock = line.block().isPresent() && line.block().equals(above.block());
        if (!oneBlock || line.cells().size() <= column) {
            return false;
        }
        boolean value = column == 1 && line.cells().get(0).name().isEmpty();
        int named = value ? column : column + 1;
        for (int i = 0; i < named; i++) {
            if (!line.cells().get(i).name().equals(above.cells().get(i).name())) {
                return false;
            }
        }
        return true;
    }

    private void alignRun(int start, int end, int column) {
        boolean asked = false;
        int width = 0;
        for (int i = start; i < end; i++) {
            width = Math.max(width, BlockTree.width(texts.get(i).toString()));
            asked |= i > start && areAligned(cell(i - 1, column), cell(i, column));
        }
        for (int i = start; i < end; i++) {
            int blanks = asked ? width - BlockTree.width(texts.get(i).toString()) + 1 : 1;
            texts.get(i).append(" ".repeat(blanks)).append(cell(i, column).text());
        }
    }

    private LayoutLine.Cell cell(int line, int column) {
        return lines.get(line).cells().get(column);
    }

    private static boolean areAligned(LayoutLine.Cell above, LayoutLine.Cell below) {
        return above.column() >= 0 && above.column() == below.column() && (above.gap() > 1 || below.gap() > 1);
    }

    /** A comment behind a line stays in its column as long as the line leaves it room. */
    private String withComments() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String text = texts.get(i).toString();
            int width = BlockTree.width(text);
            all.append(text);
            lines.get(i).trailing().ifPresent(comment -> {
                int column = comment.column() > width ? comment.column() : width + 2;
                all.append(" ".repeat(column - width)).append(comment.text());
            });
            all.append('\n');
        }
        return all.toString();
    }
}
