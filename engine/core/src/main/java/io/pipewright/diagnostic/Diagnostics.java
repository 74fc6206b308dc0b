package io.pipewright.diagnostic;

import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The findings of one or more phases: immutable, in the order of file, line and column, each finding once. */
public record Diagnostics(List<Diagnostic> all) implements Iterable<Diagnostic> {
    private static final Diagnostics NONE = new Diagnostics(List.of());

    public Diagnostics {
        all = all.size() < 2
                ? List.copyOf(all)
                : all.stream().distinct().sorted().toList();
    }

    public static Diagnostics none() {
        return NONE;
    }

    public static Diagnostics of(Diagnostic... diagnostics) {
        return new Diagnostics(List.of(diagnostics));
    }

    public static Diagnostics of(Collection<Diagnostic> diagnostics) {
        return new Diagnostics(List.copyOf(diagnostics));
    }

    public boolean hasErrors() {
        return all.stream().anyMatch(Diagnostic::isError);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public long count(Severity severity) {
        return all.stream().filter(d -> d.severity() == severity).count();
    }

    /** These findings and the others. */
    public Diagnostics plus(Diagnostics others) {
        if (others.isEmpty()) {
            return this;
        }
        return isEmpty()
                ? others
                : new Diagnostics(
                        Stream.concat(all.stream(), others.all.stream()).toList());
    }

    /** Those of these findings that are among the others too. */
    public Diagnostics in(Diagnostics others) {
        Set<Diagnostic> both = new HashSet<>(others.all);
        return new Diagnostics(all.stream().filter(both::contains).toList());
    }

    @Override
    public Iterator<Diagnostic> iterator() {
        return all.iterator();
    }
}
