package io.pipewright.diagnostic;

/**
 * A source line as it is shown on a terminal, with the place of the caret line's marks below it.
 *
 * @param text what is printed, without trailing blanks, cut around the marked part if the line is long
 * @param caretColumn terminal columns before the first mark
 * @param caretWidth number of marks, at least 1
 */
record Snippet(String text, int caretColumn, int caretWidth) {
    private static final int MAX_WIDTH = 120;
    private static final int KEPT_BEFORE = 40;
    private static final String CUT = "…";

    /** @param from first marked code point of the line, from 0
     *  @param to code point after the last marked one; cut to the line's end */
    static Snippet of(String line, int from, int to) {
        int[] points = line.stripTrailing().codePoints().toArray();
        int markStart = Math.min(from, points.length);
        int markEnd = Math.max(markStart, Math.min(to, points.length));
        int first = 0;
        if (width(points, 0, points.length) > MAX_WIDTH && width(points, 0, markStart) > MAX_WIDTH - KEPT_BEFORE) {
            first = Math.max(0, markStart - KEPT_BEFORE);
        }
        int room = MAX_WIDTH - (first > 0 ? 1 : 0);
        int last = first;
        int used = 0;
        while (last < points.length && used + width(points[last]) <= room) {
            used += width(points[last++]);
        }
        if (last < points.length) {
            last = Math.max(first, last - 1);
        }
        StringBuilder shown = new StringBuilder(first > 0 ? CUT : "");
        for (int i = first; i < last; i++) {
            append(shown, points[i]);
        }
        if (last < points.length) {
            shown.append(CUT);
        }
        int caretColumn = (first > 0 ? 1 : 0) + width(points, first, markStart);
        return new Snippet(
                shown.toString(), caretColumn, Math.max(1, width(points, markStart, Math.min(markEnd, last))));
    }

    private static int width(int[] points, int from, int to) {
        int width = 0;
        for (int i = from; i < to; i++) {
            width += width(points[i]);
        }
        return width;
    }

    private static void append(StringBuilder shown, int point) {
        if (point == '\t') {
            shown.append("    ");
        } else if (VisibleText.hidden(point)) {
            shown.append('\uFFFD');
        } else {
            shown.appendCodePoint(point);
        }
    }

    private static int width(int point) {
        if (point == '\t') {
            return 4;
        }
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(point) ? 2 : 1;
    }

    /** The main blocks of Unicode's East Asian Width classes W and F (UAX 11), and of emoji. */
    private static boolean isWide(int point) {
        return point >= 0x1100
                && (point <= 0x115F
                        || (point >= 0x2E80 && point <= 0xA4CF && point != 0x303F)
                        || (point >= 0xAC00 && point <= 0xD7A3)
                        || (point >= 0xF900 && point <= 0xFAFF)
                        || (point >= 0xFE30 && point <= 0xFE6F)
                        || (point >= 0xFF00 && point <= 0xFF60)
                        || (point >= 0xFFE0 && point <= 0xFFE6)
                        || (point >= 0x1F300 && point <= 0x1F64F)
                        || (point >= 0x1F900 && point <= 0x1F9FF)
                        || (point >= 0x20000 && point <= 0x3FFFD));
    }
}
