package io.pipewright.diagnostic;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One finding about what the author wrote, sorted by file, line and column.
 *
 * <p>Guidelines for the texts: the message is one concrete sentence with a full stop, the author's words and ours in
 * back-ticks; it does not repeat the source line, which is printed with it. What to do about it goes into the hint, and
 * so does any explanation. No abbreviations, no parser's jargon, and never a secret's value.
 *
 * <p>Message and hint have the author's words as they are; they are printed as {@link VisibleText}.
 *
 * @param code stable name that {@code explain} and suppressions use, such as {@code unknown-option}
 * @param hint the next action, or null if the message says it already
 */
public record Diagnostic(String code, Severity severity, Span span, String message, @Nullable String hint)
        implements Comparable<Diagnostic> {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Comparator<Diagnostic> ORDER = Comparator.comparing(Diagnostic::span)
            .thenComparing(Diagnostic::severity)
            .thenComparing(Diagnostic::code)
            .thenComparing(Diagnostic::message)
            .thenComparing(d -> d.hintText().orElse(""));

    public Diagnostic {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("A code is lower case words joined by hyphens: " + code);
        }
        if (message.isBlank()) {
            throw new IllegalArgumentException("The finding " + code + " has no message");
        }
    }

    public static Diagnostic error(String code, Span span, String message, @Nullable String hint) {
        return new Diagnostic(code, Severity.ERROR, span, message, hint);
    }

    public static Diagnostic warning(String code, Span span, String message, @Nullable String hint) {
        return new Diagnostic(code, Severity.WARNING, span, message, hint);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The message for printing, on one line. */
    String shownMessage() {
        return VisibleText.of(message);
    }

    /** The hint for printing, its lines ended by line feeds; empty if there is none. */
    String shownHint() {
        return hint == null ? "" : VisibleText.lines(hint);
    }

    public Optional<String> hintText() {
        return Optional.ofNullable(hint);
    }

    @Override
    public int compareTo(Diagnostic other) {
        return ORDER.compare(this, other);
    }

    /** {@code file:line:column: error[code]: message}. */
    @Override
    public String toString() {
        return VisibleText.of(span.toString()) + ": " + severity.label() + "[" + code + "]: " + shownMessage();
    }
}
