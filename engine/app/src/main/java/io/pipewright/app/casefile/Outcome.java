package io.pipewright.app.casefile;

import io.pipewright.diagnostic.DiagnosticCollector;
import io.pipewright.diagnostic.Diagnostics;
import io.pipewright.testkit.RowMatching;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of a case.
 *
 * @param seen what came out, by expectation; empty if the job failed
 * @param failure why the job failed, if it did
 */
record Outcome(TestCase test, List<Seen> seen, Optional<String> failure, Duration elapsed) {

    private static final int MOST_SHOWN = 5;

    Outcome {
        seen = List.copyOf(seen);
    }

    /** What came out where something was expected. */
    record Seen(Expectation expectation, List<Map<String, @Nullable Object>> rows) {

        RowMatching matching() {
            return RowMatching.of(expectation.values(), rows);
        }

        boolean isAsExpected() {
            return rows.size() == expectation.rows().size() && matching().met().size() == rows.size();
        }
    }

    boolean passed() {
        return failure.isEmpty() && seen.stream().allMatch(Seen::isAsExpected);
    }

    /** How what came out differs from what was expected, where that is written. */
    Diagnostics differences() {
        DiagnosticCollector findings = new DiagnosticCollector();
        failure.ifPresent(reason -> findings.error(
                "failed-case",
                test.place(),
                "The job failed: " + reason.strip().replaceFirst("[.]*$", "."),
                "correct the pipeline, or let the failure go to a port: `onError: deadLetter`."));
        seen.forEach(each -> compare(each, findings));
        return findings.diagnostics();
    }

    private static void compare(Seen seen, DiagnosticCollector findings) {
        RowMatching matching = seen.matching();
        List<Expectation.Row> expected = seen.expectation().rows();
        for (int i = 0; i < expected.size(); i++) {
            Integer similar = matching.similar().get(i);
            if (similar != null) {
                different(seen.expectation().end(), expected.get(i), seen.rows().get(similar), findings);
            } else if (!matching.met().containsKey(i)) {
                missing(seen, expected.get(i), matching.left(seen.rows()), findings);
            }
        }
        for (int i = 0; i < seen.rows().size(); i++) {
            if (!matching.met().containsValue(i) && !matching.similar().containsValue(i)) {
                findings.error(
                        "unexpected-row",
                        seen.expectation().place(),
                        "`" + seen.expectation().end() + "` has a row that is not expected: `"
                                + RowText.row(seen.rows().get(i)) + "`.",
                        "correct the pipeline or what is given; if the row is right, `--fix` writes it here.");
            }
        }
    }

    private static void different(
            String end, Expectation.Row expected, Map<String, @Nullable Object> row, DiagnosticCollector findings) {
        expected.values().forEach((field, value) -> {
            if (!RowMatching.isMet(field, expected.values(), row)) {
                findings.error(
                        "different-value",
                        expected.places().getOrDefault(field, expected.place()),
                        "`" + field + "` of `" + end + "` is `" + RowText.value(row.get(field)) + "`, not `"
                                + RowText.value(value) + "`.",
                        "the row that came: `" + RowText.row(row) + "`.");
            }
        });
    }

    private static void missing(
            Seen seen,
            Expectation.Row expected,
            List<Map<String, @Nullable Object>> left,
            DiagnosticCollector findings) {
        String others = left.stream()
                .limit(MOST_SHOWN)
                .map(row -> "`" + RowText.row(row) + "`")
                .collect(Collectors.joining(", "));
        String more = left.size() > MOST_SHOWN ? " and " + (left.size() - MOST_SHOWN) + " more" : "";
        findings.error(
                "missing-row",
                expected.place(),
                "`" + seen.expectation().end() + "` has no such row.",
                seen.rows().isEmpty()
                        ? "nothing came there."
                        : left.isEmpty()
                                ? "all rows that came there are expected elsewhere."
                                : "not expected: " + others + more + ".");
    }
}
