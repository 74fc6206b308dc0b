package io.pipewright.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.pipewright.definition.EntryDefinition;
import io.pipewright.flink.JobFailure;
import io.pipewright.flink.LocalJob;
import io.pipewright.plan.LogicalGraph;
import io.pipewright.sandbox.FlinkRest;
import io.pipewright.spi.stage.StageInfo;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows a job by the metrics of its operators, and tells people. */
final class JobProgress {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration STALLED = Duration.ofMinutes(3);

    private static final String EVENTS = "events";

    private final LogicalGraph graph;
    private final FlinkRest rest;
    private final String jobId;
    private final PrintWriter out;
    private final Stopwatch stopwatch;
    private double lastPrinted;

    JobProgress(LogicalGraph graph, FlinkRest rest, String jobId, PrintWriter out, Stopwatch stopwatch) {
        this.graph = graph;
        this.rest = rest;
        this.jobId = jobId;
        this.out = out;
        this.stopwatch = stopwatch;
    }

    /** Waits until the sources have read so many events. */
    void awaitConsumed(LocalJob job, long events, int all) throws JobFailure, InterruptedException {
        await(job, all, () -> counts().getOrDefault(EVENTS, 0L) >= events);
    }

    /** Waits until no operator's watermark is before a time. */
    void awaitWatermark(LocalJob job, Instant time, int all) throws JobFailure, InterruptedException {
        await(job, all, () -> rest.lowestWatermark(jobId) >= time.toEpochMilli());
    }

    private void await(LocalJob job, int all, Condition condition) throws JobFailure, InterruptedException {
        long stalledAt = System.nanoTime() + STALLED.toNanos();
        Map<String, Long> last = Map.of();
        while (!condition.holds()) {
            if (job.ended()) {
                job.await();
                throw new CommandFailure(ExitCode.OUTSIDE, "The job ended before it had read all events.");
            }
            Map<String, Long> counts = counts();
            print(counts, all);
            if (!counts.equals(last)) {
                last = counts;
                stalledAt = System.nanoTime() + STALLED.toNanos();
            }
            if (System.nanoTime() > stalledAt) {
                throw new CommandFailure(
                        ExitCode.OUTSIDE,
                        "Nothing has moved for " + STALLED.toMinutes()
                                + " minutes. See .pipewright/pipewright.log for the reason.");
            }
            Thread.sleep(POLL.toMillis());
        }
        lastPrinted = 0;
        print(counts(), all);
    }

    private void print(Map<String, Long> counts, int all) {
        if (counts.getOrDefault("alertsTable", 0L) + counts.getOrDefault("volumesTable", 0L) > 0) {
            stopwatch.lap("firstResult");
        }
        if (stopwatch.seconds() - lastPrinted < 2) {
            return;
        }
        lastPrinted = stopwatch.seconds();
        List<String> parts = new ArrayList<>();
        counts.forEach((name, count) ->
                parts.add(name + " " + "%,d".formatted(count) + (name.equals(EVENTS) ? " of %,d".formatted(all) : "")));
        out.println("%6.1f s  %s".formatted(stopwatch.seconds(), String.join(" · ", parts)));
        out.flush();
    }

    /** Events read by the sources, records out of each stage, and records into each sink, in the pipeline's order. */
    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(EVENTS, 0L);
        graph.definition().entries().forEach((id, entry) -> {
            if (entry.kind() != StageInfo.Kind.SOURCE) {
                counts.put(id, 0L);
            }
        });
        for (JsonNode vertex : vertices()) {
            metrics(vertex).forEach((name, value) -> count(name, value, counts));
        }
        return counts;
    }

    /** Operators are called {@code id (type role)}, which Flink's metrics write {@code id_(type_role)}, sources with a prefix. */
    private void count(String metric, long value, Map<String, Long> counts) {
        EntryDefinition entry = graph.definition()
                .entries()
                .get(metric.replaceFirst("^Source__", "").replaceFirst("_.*", ""));
        if (entry == null) {
            return;
        }
        List<String> roles = entry.type().info().roles();
        boolean first = metric.contains("_" + roles.get(0) + ")");
        boolean last = metric.contains("_" + roles.get(roles.size() - 1) + ")");
        boolean in = metric.endsWith(".numRecordsIn");
        switch (entry.kind()) {
            case SOURCE -> counts.merge(EVENTS, in && first ? value : 0, Long::sum);
            case STAGE -> counts.merge(entry.id(), !in && last ? value : 0, Long::sum);
            case SINK -> counts.merge(entry.id(), in && first ? value : 0, Long::sum);
        }
    }

    private Map<String, Long> metrics(JsonNode vertex) {
        String path = "/jobs/" + jobId + "/vertices/" + vertex.path("id").asText() + "/subtasks/metrics";
        List<String> wanted = new ArrayList<>();
        for (JsonNode metric : rest.get(path)) {
            String id = metric.path("id").asText();
            if (id.endsWith(").numRecordsIn") || id.endsWith(").numRecordsOut")) {
                wanted.add(id);
            }
        }
        Map<String, Long> values = new LinkedHashMap<>();
        if (!wanted.isEmpty()) {
            String query = URLEncoder.encode(String.join(",", wanted), StandardCharsets.UTF_8);
            for (JsonNode metric : rest.get(path + "?agg=sum&get=" + query)) {
                values.put(metric.path("id").asText(), metric.path("sum").asLong());
            }
        }
        return values;
    }

    private JsonNode vertices() {
        return rest.get("/jobs/" + jobId).path("vertices");
    }

    private interface Condition {
        boolean holds();
    }
}
