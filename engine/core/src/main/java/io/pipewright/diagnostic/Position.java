package io.pipewright.diagnostic;

/**
 * A place in a text.
 *
 * @param line from 1
 * @param column from 1, in Unicode code points; a tab counts as one
 */
public record Position(int line, int column) implements Comparable<Position> {
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("Lines and columns start at 1: " + line + ":" + column);
        }
    }

    @Override
    public int compareTo(Position other) {
        int lines = Integer.compare(line, other.line);
        return lines != 0 ? lines : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}
