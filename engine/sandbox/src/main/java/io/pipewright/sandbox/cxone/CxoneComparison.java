package io.pipewright.sandbox.cxone;

import java.util.List;
import java.util.stream.Collectors;

/** The oracle's word beside what the pipeline did: one comparison per kind of row. */
public record CxoneComparison(List<RowComparison> kinds) {
    /** Copies the list. */
    public CxoneComparison {
        kinds = List.copyOf(kinds);
    }

    /** Compares volumes, alerts, late records and dead letters. */
    public static CxoneComparison of(CxoneResults expected, CxoneResults found) {
        return new CxoneComparison(List.of(
                RowComparison.of(
                        "volumes",
                        expected.volumes(),
                        found.volumes(),
                        row -> List.of(row.channel(), row.windowStart())),
                RowComparison.of(
                        "alerts",
                        expected.alerts(),
                        found.alerts(),
                        row -> List.of(row.customerId(), row.channel(), row.timestamp())),
                RowComparison.of("late", expected.late(), found.late(), row -> List.of(row.stage(), row.subject())),
                RowComparison.of(
                        "failures",
                        expected.deadLetters(),
                        found.deadLetters(),
                        row -> List.of(row.stage(), row.partition(), row.offset()))));
    }

    /** Whether every row of every kind is as expected. */
    public boolean isEqual() {
        return kinds.stream().allMatch(RowComparison::isEqual);
    }

    /** For people: a line per kind, then the first differences. */
    public String text() {
        return kinds.stream().map(CxoneComparison::text).collect(Collectors.joining("\n"));
    }

    private static String text(RowComparison c) {
        String line = "%-9s expected %,9d   found %,9d   equal %,9d   %s"
                .formatted(c.name(), c.expected(), c.found(), c.equal(), c.isEqual() ? "ok" : "DIFFERENT");
        return c.isEqual() ? line : line + "\n    " + String.join("\n    ", c.differences());
    }
}
