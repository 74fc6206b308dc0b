package io.pipewright.schema;

import io.pipewright.diagnostic.Diagnostic;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.diagnostic.Position;
import io.pipewright.diagnostic.Span;
import io.pipewright.yaml.ScalarNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Recognizes expressions without quotes of which YAML took a part only: it ends such a text at {@code " #"}, and inside
 * {@code {}} or {@code []} at a comma. A bracket or a quote that the rest does not close gives it away.
 */
final class CutExpression {

    static final String CODE = "quote-expression";

    private CutExpression() {}

    static Optional<Diagnostic> find(ScalarNode scalar, Place place) {
        Span span = scalar.span();
        String line = span.source().line(span.line()).orElse("");
        boolean plain = !scalar.text().isEmpty() && line.startsWith(scalar.text(), charOf(line, span.column()));
        if (!plain || span.endLine() != span.line() || isWhole(scalar.text())) {
            return Optional.empty();
        }
        int end = charOf(line, span.endColumn());
        String rest = line.substring(end).stripLeading();
        if (rest.startsWith("#") || rest.startsWith(",")) {
            int from = charOf(line, span.column());
            String meant = line.substring(from, endOf(line, from)).strip();
            return Optional.of(Diagnostic.error(
                    CODE,
                    span(span, meant),
                    "YAML ends this expression at the `" + rest.charAt(0) + "`.",
                    "put it in single quotes: `" + place.name() + ": '" + meant.replace("'", "''") + "'`."));
        }
        return Optional.empty();
    }

    /** The findings without those about the pieces of an expression that was cut. */
    static Diagnostics withoutPieces(Diagnostics found) {
        List<Span> cut = found.all().stream()
                .filter(finding -> finding.code().equals(CODE))
                .map(finding -> finding.span())
                .toList();
        return Diagnostics.of(found.all().stream()
                .filter(finding ->
                        finding.code().equals(CODE) || cut.stream().noneMatch(span -> isIn(span, finding.span())))
                .toList());
    }

    /** Whether a span begins within that of a cut expression. */
    static boolean isIn(Span cut, Span piece) {
        return cut.source().equals(piece.source())
                && piece.start().compareTo(cut.start()) >= 0
                && piece.start().compareTo(cut.end()) < 0;
    }

    private static Span span(Span start, String text) {
        int end = start.column() + text.codePointCount(0, text.length());
        return new Span(start.source(), start.start(), new Position(start.line(), end));
    }

    private static int charOf(String line, int column) {
        return line.offsetByCodePoints(0, Math.min(column - 1, line.codePointCount(0, line.length())));
    }

    private static boolean isWhole(String text) {
        return endOf(text, 0) == text.length() && depth(text) == 0;
    }

    /** Open brackets and quotes at the end of a text; at least 1 if there are any. */
    private static int depth(String text) {
        Deque<Character> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            step(open, text, i);
        }
        return open.size();
    }

    /** Where an expression that begins at an index ends: at a comma or closing bracket that is not its own. */
    private static int endOf(String line, int from) {
        Deque<Character> open = new ArrayDeque<>();
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (open.isEmpty() && (c == ',' || c == '}' || c == ']' || c == ')')) {
                return i;
            }
            step(open, line, i);
        }
        return line.length();
    }

    private static void step(Deque<Character> open, String text, int index) {
        char c = text.charAt(index);
        char quote = open.isEmpty() || open.peek() == ')' || open.peek() == ']' || open.peek() == '}' ? 0 : open.peek();
        if (quote != 0) {
            if (c == quote && text.charAt(index - 1) != '\\') {
                open.pop();
            }
        } else if (c == '"' || c == '\'') {
            open.push(c);
        } else if (c == '(' || c == '[' || c == '{') {
            open.push(c == '(' ? ')' : c == '[' ? ']' : '}');
        } else if (!open.isEmpty() && c == open.peek()) {
            open.pop();
        }
    }
}
