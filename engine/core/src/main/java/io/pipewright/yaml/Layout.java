package io.pipewright.yaml;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * A file's tree as it is laid out, with everything around it.
 *
 * @param pieces the parts of the text that are not blank and no comment, in the order of the file
 * @param comments in the order of the file
 */
record Layout(FileText file, LayoutNode.Collection root, List<Piece> pieces, List<Comment> comments) {

    Layout {
        pieces = List.copyOf(pieces);
        comments = List.copyOf(comments);
    }

    /** A token of YAML; of a block scalar the header and the lines below it are two. */
    record Piece(int start, int end, boolean closes) {}

    /** A comment from its number sign to the end of its line, without blanks at its end. */
    record Comment(int start, String text) {}

    /** The last piece that begins before an index; -1 if there is none. */
    int pieceBefore(int index) {
        return lastBefore(index, pieces.size(), i -> pieces.get(i).start());
    }

    /** Whether a comment begins between two indexes. */
    boolean hasComment(int from, int to) {
        int last = lastBefore(to, comments.size(), i -> comments.get(i).start());
        return last >= 0 && comments.get(last).start() > from;
    }

    /** Of things in the order of the file, the last that begins before an index; -1 if there is none. */
    static int lastBefore(int index, int size, IntUnaryOperator startOf) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (startOf.applyAsInt(middle) < index) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    /** Whether an empty line stands right above a place, and is no part of a scalar. */
    boolean isAfterEmptyLine(int index) {
        int line = file.lineOf(index) - 1;
        if (!file.isEmptyLine(line)) {
            return false;
        }
        int before = pieceBefore(file.lineStart(line) + 1);
        return before < 0 || file.lineStart(line) >= pieces.get(before).end();
    }
}
