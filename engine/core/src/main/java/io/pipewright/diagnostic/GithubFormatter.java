package io.pipewright.diagnostic;

import java.util.stream.Collectors;

/**
 * Prints findings as GitHub's workflow commands, one line each, which a workflow shows beside the lines they are about.
 *
 * <p>Columns are those of {@link Position}. GitHub marks columns only within one line, so a finding that spans several
 * has lines alone.
 */
public final class GithubFormatter {

    /** A command for each finding, each ended by a line break. */
    public String format(Diagnostics diagnostics) {
        return diagnostics.all().stream().map(GithubFormatter::line).collect(Collectors.joining());
    }

    private static String line(Diagnostic diagnostic) {
        Span span = diagnostic.span();
        StringBuilder line =
                new StringBuilder("::").append(diagnostic.severity().label());
        line.append(" file=")
                .append(property(VisibleText.of(span.file())))
                .append(",line=")
                .append(span.line());
        if (span.endLine() == span.line()) {
            int last = Math.max(span.column(), span.endColumn() - 1);
            line.append(",col=").append(span.column()).append(",endColumn=").append(last);
        } else {
            line.append(",endLine=").append(span.endLine());
        }
        line.append(",title=").append(property(diagnostic.code())).append("::");
        String hint = diagnostic.shownHint();
        String text = diagnostic.shownMessage() + (hint.isEmpty() ? "" : "\n" + hint);
        return line.append(data(text)).append('\n').toString();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
