package io.pipewright.diagnostic;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a phase returns: its value, as far as there is one, and its findings.
 *
 * <p>A value may come with errors, when the phase could make something of its input in spite of them; the next phase
 * goes on with it. What has no errors at all is what {@link #orElseThrow} gives.
 */
public final class Checked<T> {
    private final Optional<T> value;
    private final Diagnostics diagnostics;

    private Checked(Optional<T> value, Diagnostics diagnostics) {
        this.value = value;
        this.diagnostics = diagnostics;
    }

    public static <T> Checked<T> of(T value) {
        return of(value, Diagnostics.none());
    }

    public static <T> Checked<T> of(T value, Diagnostics diagnostics) {
        return new Checked<>(Optional.of(value), diagnostics);
    }

    /** No value; an error says why. */
    public static <T> Checked<T> failed(Diagnostics diagnostics) {
        if (!diagnostics.hasErrors()) {
            throw new IllegalArgumentException("A phase without a result has to name an error");
        }
        return new Checked<>(Optional.empty(), diagnostics);
    }

    public static <T> Checked<T> failed(Diagnostic error) {
        return failed(Diagnostics.of(error));
    }

    /** The value, even if there are errors. */
    public Optional<T> value() {
        return value;
    }

    public Diagnostics diagnostics() {
        return diagnostics;
    }

    public boolean hasErrors() {
        return diagnostics.hasErrors();
    }

    /** The value of a phase that found no error; throws {@link NoSuchElementException} with the first error else. */
    public T orElseThrow() {
        if (hasErrors()) {
            throw new NoSuchElementException(diagnostics.all().stream()
                    .filter(Diagnostic::isError)
                    .findFirst()
                    .map(Diagnostic::toString)
                    .orElse(""));
        }
        return value.orElseThrow();
    }

    /** The same findings with a value derived from this one. */
    public <R> Checked<R> map(Function<? super T, ? extends R> function) {
        return new Checked<>(value.map(function), diagnostics);
    }

    /** The same findings, and the value only if there is no error among them: for who cannot work with a part. */
    public Checked<T> whole() {
        return hasErrors() ? new Checked<>(Optional.empty(), diagnostics) : this;
    }

    /** The next phase, entered if this one made a value, also one with errors; with the findings of both. */
    public <R> Checked<R> then(Function<? super T, Checked<R>> next) {
        if (value.isEmpty()) {
            return new Checked<>(Optional.empty(), diagnostics);
        }
        Checked<R> result = next.apply(value.orElseThrow());
        return new Checked<>(result.value, diagnostics.plus(result.diagnostics));
    }

    @Override
    public String toString() {
        return "Checked[" + value.map(Object::toString).orElse("no value") + ", " + diagnostics.all() + "]";
    }
}
