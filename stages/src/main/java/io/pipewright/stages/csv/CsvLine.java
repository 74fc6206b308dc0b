package io.pipewright.stages.csv;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line cut into cells, by RFC 4180: a cell that begins with a quote ends with one, with quotes inside doubled, and no
 * other cell holds any. One instance serves one thread, line after line; a cell becomes a text when it is asked for.
 */
final class CsvLine {

    private static final int FIRST_CELLS = 32;

    private final Dialect dialect;
    private String line = "";
    private int count;
    private int[] from = new int[FIRST_CELLS];
    private int[] to = new int[FIRST_CELLS];
    private boolean[] quoted = new boolean[FIRST_CELLS];
    private boolean[] doubled = new boolean[FIRST_CELLS];

    CsvLine(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Cuts a line; answers what is wrong with it, as a sentence, or null. */
    @Nullable
    String cut(String text) {
        line = text;
        count = 0;
        int at = 0;
        while (true) {
            room();
            at = at < line.length() && line.charAt(at) == dialect.quote() ? quotedCell(at + 1) : plainCell(at);
            if (at < 0) {
                int cell = count + 1;
                return at == UNCLOSED
                        ? "The quote of cell " + cell + " is never closed."
                        : at == AFTER
                                ? "Text follows the closing quote of cell " + cell + "."
                                : "Cell " + cell + " holds a quote but does not begin with one.";
            }
            count++;
            if (at == line.length()) {
                return null;
            }
            at++;
        }
    }

    private static final int UNCLOSED = -1;
    private static final int AFTER = -2;
    private static final int WITHIN = -3;

    /** Where the cell ends, or what is wrong with it. */
    private int plainCell(int begin) {
        int at = begin;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c == dialect.delimiter()) {
                break;
            }
            if (c == dialect.quote()) {
                return WITHIN;
            }
        }
        cell(begin, at, false, false);
        return at;
    }

    /** The same for a cell in quotes, which begins behind the first. */
    private int quotedCell(int begin) {
        boolean escapes = false;
        int at = line.indexOf(dialect.quote(), begin);
        while (at >= 0 && at + 1 < line.length() && line.charAt(at + 1) == dialect.quote()) {
            escapes = true;
            at = line.indexOf(dialect.quote(), at + 2);
        }
        if (at < 0) {
            return UNCLOSED;
        }
        if (at + 1 < line.length() && line.charAt(at + 1) != dialect.delimiter()) {
            return AFTER;
        }
        cell(begin, at, true, escapes);
        return at + 1;
    }

    private void cell(int begin, int end, boolean inQuotes, boolean escapes) {
        from[count] = begin;
        to[count] = end;
        quoted[count] = inQuotes;
        doubled[count] = escapes;
    }

    private void room() {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
            quoted = Arrays.copyOf(quoted, count * 2);
            doubled = Arrays.copyOf(doubled, count * 2);
        }
    }

    /** How many cells the line has, at least one. */
    int count() {
        return count;
    }

    /** The text of a cell, from 0; null if that is what it says. */
    @Nullable
    String cell(int index) {
        String nullValue = dialect.nullValue();
        int length = to[index] - from[index];
        if (!quoted[index] && length == nullValue.length() && line.startsWith(nullValue, from[index])) {
            return null;
        }
        String text = line.substring(from[index], to[index]);
        String quote = String.valueOf(dialect.quote());
        return doubled[index] ? text.replace(quote + quote, quote) : text;
    }

    /** The text of a cell as it is, also where it is that of null. */
    String text(int index) {
        String text = cell(index);
        return text == null ? dialect.nullValue() : text;
    }
}
