package io.pipewright.expression;

import io.pipewright.expression.Spans.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one expression, at most one problem for a place. */
final class Problems {

    private final List<ExpressionProblem> found = new ArrayList<>();

    void add(String code, Span span, String message, @Nullable String hint) {
        boolean told = found.stream().anyMatch(problem -> problem.start() == span.start());
        if (!told) {
            found.add(new ExpressionProblem(code, message, hint, span.start(), span.end()));
        }
    }

    boolean none() {
        return found.isEmpty();
    }

    List<ExpressionProblem> inOrder() {
        return found.stream()
                .sorted(Comparator.comparingInt(ExpressionProblem::start))
                .toList();
    }

    /** The candidate that was most likely meant, if one is near. */
    static Optional<String> nearest(String name, List<String> candidates) {
        return candidates.stream()
                .filter(candidate -> !candidate.equals(name))
                .filter(candidate -> distance(name, candidate) <= Math.max(1, Math.min(3, name.length() / 3)))
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Damerau's and Levenshtein's distance (optimal string alignment), without regard to case. */
    private static int distance(String first, String second) {
        String a = first.toLowerCase(java.util.Locale.ROOT);
        String b = second.toLowerCase(java.util.Locale.ROOT);
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int k = 0; k <= b.length(); k++) {
                if (i == 0 || k == 0) {
                    d[i][k] = i + k;
                    continue;
                }
                int swap = a.charAt(i - 1) == b.charAt(k - 1) ? 0 : 1;
                d[i][k] = Math.min(Math.min(d[i - 1][k], d[i][k - 1]) + 1, d[i - 1][k - 1] + swap);
                boolean transposed =
                        i > 1 && k > 1 && a.charAt(i - 1) == b.charAt(k - 2) && a.charAt(i - 2) == b.charAt(k - 1);
                if (transposed) {
                    d[i][k] = Math.min(d[i][k], d[i - 2][k - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
