package io.pipewright.yaml;

import io.pipewright.diagnostic.Position;
import io.pipewright.diagnostic.Span;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text, number, boolean or null, as the author wrote it.
 *
 * @param text the content with quotes, escapes and folding resolved and nothing else: {@code 0o17} stays so
 */
public record ScalarNode(String text, ScalarStyle style, ScalarKind kind, Span span) implements Node {

    /** A scalar whose kind follows from text and style. */
    static ScalarNode of(String text, ScalarStyle style, Span span) {
        return new ScalarNode(text, style, ScalarKind.of(text, style), span);
    }

    /** A scalar that did not come from YAML but has a place all the same, such as the value of {@code --set}. */
    public static ScalarNode plain(String text, Span span) {
        return of(text, ScalarStyle.PLAIN, span);
    }

    public boolean isNull() {
        return kind == ScalarKind.NULL;
    }

    /** The value by the core schema: null, {@link Boolean}, {@link BigInteger}, {@link Double} or {@link String}. */
    public @Nullable Object value() {
        return switch (kind) {
            case NULL -> null;
            case BOOL -> text.toLowerCase(Locale.ROOT).equals("true");
            case INT -> integer();
            case FLOAT -> number();
            case STRING -> text;
        };
    }

    private BigInteger integer() {
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    }

    private Double number() {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals(".nan")) {
            return Double.NaN;
        }
        if (lower.endsWith(".inf")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return Double.valueOf(text);
    }

    /**
     * The place in the file of a character of {@link #text()}, in every style: an escape is where its backslash is, a
     * folded line break where the line ends.
     *
     * @param offset index into the text in UTF-16 units, as Java's strings count; its length is the end of the content
     */
    public Position positionOf(int offset) {
        return spanOf(offset, offset).start();
    }

    /** The span in the file of {@code text().substring(from, to)}. */
    public Span spanOf(int from, int to) {
        if (from < 0 || to < from || to > text.length()) {
            throw new IndexOutOfBoundsException(from + ".." + to + " is not inside a text of " + text.length());
        }
        int start = span.source().indexOf(span.start());
        ScalarLayout layout = ScalarLayout.of(span.text(), text, style);
        return new Span(
                span.source(),
                span.source().positionOf(start + layout.rawIndex(from)),
                span.source().positionOf(start + layout.rawIndex(to)));
    }

    @Override
    public String describe() {
        return kind.label();
    }
}
