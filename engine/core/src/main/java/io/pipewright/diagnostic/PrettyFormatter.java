package io.pipewright.diagnostic;

import java.util.stream.Collectors;

/**
 * Prints findings for people: the place and message, the source line, and a caret under the exact part with the hint.
 *
 * <pre>{@code
 * pipelines/cxone.yaml:57:7: error[unknown-option]: `slde` is not an option of `window`.
 *    57 |       slde: 1m
 *       |       ^^^^ did you mean `slide`? Options: type, size, slide, offset, zone.
 * }</pre>
 *
 * <p>Of a span over several lines the first is shown. Long lines are cut around the span. Tabs are shown as four
 * spaces; control characters, signs without room and those that turn the direction of text as a replacement; full-width
 * characters take two columns, combining ones none.
 */
public final class PrettyFormatter {
    private static final int NUMBER_WIDTH = 5;
    private static final String GUTTER = " | ";

    /** One finding, without a final line break. */
    public String format(Diagnostic diagnostic) {
        return format(diagnostic.toString(), diagnostic.span(), diagnostic.shownHint());
    }

    /** What is wrong at a place, but is no finding about the text there: a file that it names is not there. */
    public String format(Span span, String message, String hint) {
        String head = VisibleText.of(span.toString()) + ": " + VisibleText.of(message);
        return format(head, span, VisibleText.lines(hint));
    }

    private static String format(String head, Span span, String hint) {
        String line = span.source().line(span.line()).orElse("");
        if (line.isBlank()) {
            return head + (hint.isEmpty() ? "" : "\n" + " ".repeat(NUMBER_WIDTH) + GUTTER + hint);
        }
        int from = span.column() - 1;
        int to = span.endLine() == span.line() ? span.endColumn() - 1 : Integer.MAX_VALUE;
        Snippet snippet = Snippet.of(line, from, to);
        String number = Integer.toString(span.line());
        int width = Math.max(NUMBER_WIDTH, number.length());
        String caretLine = " ".repeat(width) + GUTTER + " ".repeat(snippet.caretColumn());
        String lines = hint.replace("\n", "\n" + caretLine);
        return head + "\n" + " ".repeat(width - number.length()) + number + GUTTER + snippet.text() + "\n" + caretLine
                + "^".repeat(snippet.caretWidth()) + (lines.isEmpty() ? "" : " " + lines);
    }

    /** All findings with an empty line between them; empty text if there are none, else ended by a line break. */
    public String format(Diagnostics diagnostics) {
        return diagnostics.all().stream().map(d -> format(d) + "\n").collect(Collectors.joining("\n"));
    }
}
