package io.pipewright.diagnostic;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the findings of one phase while it runs. Belongs to one thread and does not leave the phase. */
public final class DiagnosticCollector {
    private final List<Diagnostic> found = new ArrayList<>();

    public void error(String code, Span span, String message, @Nullable String hint) {
        add(Diagnostic.error(code, span, message, hint));
    }

    public void warning(String code, Span span, String message, @Nullable String hint) {
        add(Diagnostic.warning(code, span, message, hint));
    }

    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    public void addAll(Diagnostics diagnostics) {
        found.addAll(diagnostics.all());
    }

    /** The value of a partial result, if it has one; its findings are added to these. */
    public <T> @Nullable T take(Checked<T> checked) {
        addAll(checked.diagnostics());
        return checked.value().orElse(null);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Diagnostic::isError);
    }

    public int size() {
        return found.size();
    }

    public Diagnostics diagnostics() {
        return Diagnostics.of(found);
    }

    /** What was found, together with the value that the phase made of its input as far as it could. */
    public <T> Checked<T> with(@Nullable T value) {
        return value == null ? Checked.failed(diagnostics()) : Checked.of(value, diagnostics());
    }
}
