package io.pipewright.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pipewright.sandbox.cxone.AlertRow;
import io.pipewright.sandbox.cxone.CxoneComparison;
import io.pipewright.sandbox.cxone.CxoneResults;
import io.pipewright.sandbox.cxone.GeneratedFeed;
import io.pipewright.sandbox.cxone.RowComparison;
import io.pipewright.sandbox.cxone.VolumeRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run of the demo came to. */
record DemoReport(
        GeneratedFeed feed,
        CxoneResults expected,
        CxoneResults found,
        CxoneComparison comparison,
        Stopwatch stopwatch) {

    private static final int SHOWN = 5;

    boolean isEqual() {
        return comparison.isEqual();
    }

    /** For people: some rows, then the comparison. */
    String text() {
        StringBuilder text = new StringBuilder("\nRows in cxone_analytics.interaction_volumes, the latest:\n");
        found.volumes().stream()
                .sorted(Comparator.comparing(VolumeRow::windowStart).reversed().thenComparing(VolumeRow::channel))
                .limit(SHOWN)
                .forEach(row -> text.append("  %-10s %s – %s  %,d%n"
                        .formatted(row.channel(), row.windowStart(), row.windowEnd(), row.volume())));
        text.append("Rows in cxone_analytics.pattern_alerts, the latest:\n");
        found.alerts().stream()
                .sorted(Comparator.comparing(AlertRow::timestamp).reversed())
                .limit(SHOWN)
                .forEach(row -> text.append("  %-12s %-6s %s  %d failures  %s  %s%n"
                        .formatted(
                                row.customerId(),
                                row.channel(),
                                row.timestamp(),
                                row.failureCount(),
                                row.tier(),
                                row.alertType())));
        text.append("\nCompared with the oracle, row by row:\n").append(comparison.text());
        text.append("\n\nSeconds since the start: ").append(laps());
        return text.append(isEqual() ? "\nEverything is as expected." : "\nThe results differ.")
                .toString();
    }

    private String laps() {
        return stopwatch.laps().entrySet().stream()
                .map(lap -> lap.getKey() + " " + lap.getValue())
                .collect(Collectors.joining(" · "));
    }

    void write(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("equal", isEqual());
        root.put("events", feed.size());
        root.put("seed", feed.options().seed());
        ObjectNode kinds = root.putObject("fed");
        new TreeMap<>(feed.kinds()).forEach((kind, count) -> kinds.put(kind.name(), count));
        ObjectNode rows = root.putObject("rows");
        for (RowComparison kind : comparison.kinds()) {
            ObjectNode counts = rows.putObject(kind.name());
            counts.put("expected", kind.expected());
            counts.put("found", kind.found());
            counts.put("equal", kind.equal());
            counts.put("differing", kind.differing());
            kind.differences().forEach(counts.putArray("differences")::add);
        }
        ObjectNode seconds = root.putObject("secondsSinceStart");
        stopwatch.laps().forEach(seconds::put);
        Files.writeString(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
