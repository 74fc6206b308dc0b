package io.pipewright.diagnostic;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A text that findings point into, with the name it is shown under: a file as the author named it, or {@code --set}.
 *
 * <p>Lines end with LF, CRLF or a lone CR, as YAML has it. The text carries no byte order mark. Two sources are equal
 * if name and text are.
 */
public final class Source implements Comparable<Source> {
    private final String name;
    private final String text;
    private final int[] lineStarts;

    private Source(String name, String text) {
        this.name = Objects.requireNonNull(name);
        this.text = Objects.requireNonNull(text);
        this.lineStarts = lineStarts(text);
    }

    public static Source of(String name, String text) {
        return new Source(name, text);
    }

    /** A source whose text is not available, as of a file that cannot be read. */
    public static Source named(String name) {
        return new Source(name, "");
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /** The text of a line without its line break; empty if the source has no such line. {@code line} is 1-based. */
    public Optional<String> line(int line) {
        if (line < 1 || line > lineStarts.length) {
            return Optional.empty();
        }
        int start = lineStarts[line - 1];
        int end = start;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return Optional.of(text.substring(start, end));
    }

    public int lineCount() {
        return lineStarts.length;
    }

    /** The index into {@link #text()} of a place; one beyond a line's end is cut to the text's end. */
    public int indexOf(Position position) {
        int start = lineStarts[Math.min(position.line(), lineStarts.length) - 1];
        int wanted = position.column() - 1;
        int index = start;
        for (int i = 0; i < wanted && index < text.length(); i++) {
            index += Character.charCount(text.codePointAt(index));
        }
        return index;
    }

    /** The place of an index into {@link #text()}. */
    public Position positionOf(int index) {
        int found = Arrays.binarySearch(lineStarts, index);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, text.codePointCount(lineStarts[line], Math.min(index, text.length())) + 1);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
            if (ends) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }

    @Override
    public int compareTo(Source other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Source that && name.equals(that.name) && text.equals(that.text));
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
