package io.pipewright.yaml;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Position;
import io.pipewright.diagnostic.Source;
import io.pipewright.diagnostic.Span;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The decoded text of a file, addressed by code point as the parser does.
 *
 * <p>Finds places in logarithmic time, so that a file of one long line is no slower than another.
 */
final class FileText {
    /** Stands for what cannot be read, and for what cannot stand in a file. */
    static final char REPLACEMENT = '\uFFFD';

    private final Source source;
    private final int[] points;
    private final int[] lineStarts;

    private FileText(Source source) {
        this.source = source;
        this.points = points(source.text());
        this.lineStarts = lineStarts(points);
    }

    private static int[] points(String text) {
        int[] points = new int[text.codePointCount(0, text.length())];
        int index = 0;
        for (int at = 0; at < text.length(); at += Character.charCount(points[index - 1])) {
            points[index++] = text.codePointAt(at);
        }
        return points;
    }

    /** Decodes UTF-8 without its byte order mark. What cannot be read is a finding, and U+FFFD in its place. */
    static FileText decode(String fileName, byte[] bytes, DiagnosticCollector findings) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        List<Integer> malformed = new ArrayList<>();
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            malformed.add(out.position());
            out.put(REPLACEMENT);
            in.position(in.position() + result.length());
            result = decoder.decode(in, out, true);
        }
        String text = out.flip().toString();
        int mark = text.startsWith("\uFEFF") ? 1 : 0;
        FileText file = new FileText(Source.of(fileName, text.substring(mark)));
        file.reportMalformed(malformed, mark, findings);
        file.checkControlCharacters(findings);
        return file;
    }

    /** Reports what was no UTF-8, one finding for each stretch of it. */
    private void reportMalformed(List<Integer> indexes, int mark, DiagnosticCollector findings) {
        int counted = 0;
        int point = 0;
        for (int i = 0; i < indexes.size() && findings.size() < YamlReader.MAX_FINDINGS; i++) {
            int first = indexes.get(i);
            while (i + 1 < indexes.size() && indexes.get(i + 1) == indexes.get(i) + 1) {
                i++;
            }
            point += source.text().codePointCount(counted, first - mark);
            counted = first - mark;
            findings.error(
                    "invalid-utf8",
                    span(point, point + indexes.get(i) - first + 1),
                    "The file is not valid UTF-8 here.",
                    "save the file as UTF-8.");
        }
    }

    /** Reports what YAML does not allow, one finding for each stretch of it. */
    private void checkControlCharacters(DiagnosticCollector findings) {
        for (int i = 0; i < points.length && findings.size() < YamlReader.MAX_FINDINGS; i++) {
            int first = i;
            while (i + 1 < points.length && !isPrintable(points[first]) && !isPrintable(points[i + 1])) {
                i++;
            }
            if (!isPrintable(points[first])) {
                String name =
                        String.format(Locale.ROOT, "U+%04X", points[first]) + (points[first] == 0 ? " (NUL)" : "");
                String others = i == first ? "" : " and those behind it";
                findings.error(
                        "control-character",
                        span(first, i + 1),
                        "The control character " + name + others + " cannot stand in a pipeline.",
                        points[first] == 0
                                ? "remove it."
                                : "remove it, or write it as an escape such as `\\u001F` in double quotes.");
            }
        }
    }

    Source source() {
        return source;
    }

    int length() {
        return points.length;
    }

    /** The code point at an index, or -1 at the end. */
    int at(int index) {
        return index < points.length ? points[index] : -1;
    }

    /** What the parser may expect: at each end of its buffer it copies what it has of a scalar, so it gets a large one. */
    LoadSettings parserSettings() {
        return LoadSettings.builder()
                .setCodePointLimit(2 * YamlReader.MAX_BYTES)
                .setBufferSize(Math.max(1024, points.length))
                .setParseComments(false)
                .build();
    }

    /** The text for the parser, which stops at characters that it cannot print. */
    String printable() {
        StringBuilder text = new StringBuilder(points.length);
        for (int point : points) {
            text.appendCodePoint(isPrintable(point) ? point : REPLACEMENT);
        }
        return text.toString();
    }

    /** The characters between two indexes. */
    String text(int start, int end) {
        return new String(points, start, end - start);
    }

    /** A line, from 0, without its break. */
    String line(int line) {
        int end = lineStarts[line];
        while (end < points.length && !isBreak(end)) {
            end++;
        }
        return text(lineStarts[line], end);
    }

    /** The line of a code point, from 0. */
    int lineOf(int index) {
        int found = Arrays.binarySearch(lineStarts, index);
        return found >= 0 ? found : -found - 2;
    }

    int lineStart(int line) {
        return lineStarts[line];
    }

    int lineCount() {
        return lineStarts.length;
    }

    Span span(int start, int end) {
        return new Span(source, position(start), position(Math.max(start, end)));
    }

    private Position position(int index) {
        int line = lineOf(index);
        return new Position(line + 1, index - lineStarts[line] + 1);
    }

    /** How many code points stand before an index on its line. */
    int columnOf(int index) {
        return index - lineStarts[lineOf(index)];
    }

    /** Whether nothing but blanks stands before an index on its line. */
    boolean startsLine(int index) {
        int at = index;
        while (at > 0 && isBlank(at - 1)) {
            at--;
        }
        return at == 0 || isBreak(at - 1);
    }

    /** Whether a line, from 0, is there and holds nothing but blanks. */
    boolean isEmptyLine(int line) {
        if (line < 0 || line >= lineStarts.length) {
            return false;
        }
        int at = lineStarts[line];
        while (isBlank(at)) {
            at++;
        }
        return at >= points.length || isBreak(at);
    }

    boolean isBreak(int index) {
        return at(index) == '\n' || at(index) == '\r';
    }

    boolean isBlank(int index) {
        return at(index) == ' ' || at(index) == '\t';
    }

    /** The first index from here that is no blank, line break or comment, at most {@code limit}. */
    int afterBlanksAndComments(int from, int limit) {
        int index = from;
        while (index < limit && (isBlank(index) || isBreak(index) || at(index) == '#')) {
            if (at(index) == '#') {
                while (index < limit && !isBreak(index)) {
                    index++;
                }
            } else {
                index++;
            }
        }
        return index;
    }

    /**
     * The end of a block scalar's last line with content.
     *
     * @param end where the parser ends it: at the next token
     * @param text what the parser made of it; blanks at its end are content
     */
    int blockEnd(int start, int end, String text) {
        int last = text.length() - 1;
        while (last >= 0 && text.charAt(last) == '\n') {
            last--;
        }
        boolean blanksCount = last >= 0 && (text.charAt(last) == ' ' || text.charAt(last) == '\t');
        int content = end;
        while (content > start && (isBreak(content - 1) || (isBlank(content - 1) && !blanksCount))) {
            content--;
        }
        while (content < end && !isBreak(content)) {
            content++;
        }
        return content;
    }

    /** The characters that YAML allows, chapter 5.1 of the specification. */
    private static boolean isPrintable(int point) {
        return (point >= 0x20 && point <= 0x7E)
                || point == '\n'
                || point == '\r'
                || point == '\t'
                || point == 0x85
                || (point >= 0xA0 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD && point != 0xFEFF)
                || point >= 0x10000;
    }

    private static int[] lineStarts(int[] points) {
        int[] starts = new int[points.length + 1];
        int count = 1;
        for (int i = 0; i < points.length; i++) {
            boolean carriage = points[i] == '\r' && (i + 1 == points.length || points[i + 1] != '\n');
            if (points[i] == '\n' || carriage) {
                starts[count++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, count);
    }
}
