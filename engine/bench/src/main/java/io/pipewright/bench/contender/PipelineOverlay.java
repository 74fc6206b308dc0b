package io.pipewright.bench.contender;

import io.pipewright.bench.feed.Part;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is laid over {@code pipelines/cxone.yaml}: the feed's source, sinks that tally, and the part that is measured. */
final class PipelineOverlay {

    /** What it says of format and time is the pipeline's own: an overlay that changes the type replaces the entry. */
    private static final String SOURCE =
            """
            checks: null
            connections: null
            sources:
              events:
                type: feed
                plan: "%s"
                format: {type: json, record: Event, blank: skip}
                eventTime: {field: timestamp, missing: sourceTimestamp, outOfOrderness: 2s, idleAfter: 10s}
            """;

    private static final String SINKS =
            """
            sinks:
              lateRecords: {type: tally, from: late, plan: "%1$s", kind: late}
              deadLetters: {type: tally, from: errors, plan: "%1$s", kind: deadLetters}
            """;

    private static final String VOLUMES =
            "  volumesTable: {type: tally, from: volumes, plan: \"%1$s\", kind: volumes}\n";

    private static final String ALERTS =
            "  alertsTable: {type: tally, from: repeatedFailures, plan: \"%1$s\", kind: alerts}\n";

    private static final String NO_STAGES =
            """
            stages:
              routing: null
              volumes: null
              identified: null
              enriched: null
              repeatedFailures: null
            """;

    private static final String RUNTIME =
            """
            runtime:
              parallelism: %d
              checkpoint: {every: %dms, minPause: 0s, dir: "%s"}
              state: {backend: %s, incremental: %s}
              restart: {strategy: none}
            """;

    private PipelineOverlay() {}

    static String of(JobPlan plan, Part part) {
        String file = JobPlanFile.of(plan.folder()).toString();
        boolean rocksdb = plan.state() == JobPlan.State.ROCKSDB;
        return SOURCE.formatted(file)
                + stages(part, plan.filters())
                + (part == Part.PARSE ? "" : SINKS.formatted(file))
                + sinks(part).formatted(file, passed(plan.filters()))
                + RUNTIME.formatted(
                        plan.parallelism(),
                        plan.checkpointMillis(),
                        plan.checkpoints(),
                        plan.state().name().toLowerCase(Locale.ROOT),
                        rocksdb);
    }

    private static String stages(Part part, int filters) {
        return switch (part) {
            case FULL -> "";
            case WINDOW -> "stages: {identified: null, enriched: null, repeatedFailures: null}\n";
            case PATTERN -> "stages: {volumes: null, enriched: null, repeatedFailures: {from: identified, emit: {tier: null}}}\n";
            case PARSE -> filters == 0 ? "stages: null\n" : NO_STAGES + passing(filters);
        };
    }

    /** Filters behind each other that let everything pass. */
    private static String passing(int filters) {
        return IntStream.rangeClosed(1, filters)
                .mapToObj(i -> "  %s: {type: filter, from: %s, where: 'recordType != \"%d\"'}\n"
                        .formatted(passed(i), passed(i - 1), i))
                .collect(Collectors.joining());
    }

    /** What has passed so many of them. */
    private static String passed(int filters) {
        return filters == 0 ? "events" : "pass" + filters;
    }

    private static String sinks(Part part) {
        return switch (part) {
            case FULL -> VOLUMES + ALERTS;
            case WINDOW -> VOLUMES + "  alertsTable: null\n";
            case PATTERN -> "  volumesTable: null\n" + ALERTS;
            case PARSE -> """
                sinks:
                  volumesTable: null
                  alertsTable: null
                  lateRecords: null
                  deadLetters: {type: tally, from: errors, plan: "%1$s", kind: deadLetters}
                  records: {type: tally, from: %2$s, plan: "%1$s", kind: records}
                """;
        };
    }
}
