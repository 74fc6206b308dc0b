package io.pipewright.diagnostic;

/**
 * The part of a source that something was read from, or that a finding is about.
 *
 * @param start the first character
 * @param end the place after the last character; equal to {@code start} where there is no text, as for a value left out
 */
public record Span(Source source, Position start, Position end) implements Comparable<Span> {
    public Span {
        if (end.compareTo(start) < 0) {
            throw new IllegalArgumentException("A span cannot end at " + end + " before it starts at " + start);
        }
    }

    /** A span on one line. */
    public static Span of(Source source, int line, int column, int endColumn) {
        return new Span(source, new Position(line, column), new Position(line, endColumn));
    }

    /** A place without extent. */
    public static Span at(Source source, Position position) {
        return new Span(source, position, position);
    }

    /** The beginning of a source: for findings about the file as a whole. */
    public static Span startOf(Source source) {
        return at(source, new Position(1, 1));
    }

    /** The name of the source as the author knows it. */
    public String file() {
        return source.name();
    }

    public int line() {
        return start.line();
    }

    public int column() {
        return start.column();
    }

    public int endLine() {
        return end.line();
    }

    public int endColumn() {
        return end.column();
    }

    /** From the start of this span to the end of a later one of the same source. */
    public Span to(Span later) {
        return new Span(source, start, later.end);
    }

    /** The source's own characters in this span. */
    public String text() {
        return source.text().substring(source.indexOf(start), source.indexOf(end));
    }

    @Override
    public int compareTo(Span other) {
        int files = source.name().compareTo(other.source.name());
        int starts = files != 0 ? files : start.compareTo(other.start);
        int ends = starts != 0 ? starts : end.compareTo(other.end);
        return ends != 0 ? ends : source.compareTo(other.source);
    }

    /** {@code file:line:column}. */
    @Override
    public String toString() {
        return source.name() + ":" + start;
    }
}
