package io.pipewright.app;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs commands so that the launcher can make an archive of the classes that they load. Says nothing, and fails if one of
 * them does.
 *
 * <p>Pictures are not drawn: the dump of JDK 17 crashes on lambdas of the layout library's classes.
 */
final class Rehearsal {

    /** What {@code pipelines/cxone.yaml} becomes when it runs without servers: from a file into files, {@code %s} their folder. */
    private static final String WITHOUT_SERVERS =
            """
            checks: null
            connections: null
            sources:
              events:
                type: file
                path: "%1$s/events.jsonl"
                format: {type: json, record: Event, blank: skip}
                eventTime: {field: timestamp, missing: deadLetter, outOfOrderness: 2s}
            sinks:
              volumesTable: {type: file, from: volumes, path: "%1$s/volumes", format: {type: json}}
              alertsTable: {type: file, from: repeatedFailures, path: "%1$s/alerts", format: {type: json}}
              lateRecords: {type: file, from: late, path: "%1$s/late", format: {type: json}}
              deadLetters: {type: file, from: errors, path: "%1$s/errors", format: {type: json}}
            """;

    private static final String EVENTS =
            """
            {"recordType":"customer_update","customerId":"c","tier":"GOLD","region":"EU","timestamp":1704067200000}
            {"recordType":"interaction","interactionId":"1","customerId":"c","channel":"VOICE","status":"FAILURE","timestamp":1704067201000}
            {"recordType":"interaction","interactionId":"2","customerId":"c","channel":"CHAT","status":"FAILURE","timestamp":1704067202000}
            {"recordType":"interaction","interactionId":"3","customerId":"c","channel":"CHAT","status":"FAILURE","timestamp":1704067203000}
            {"recordType":"interaction","interactionId":"4","customerId":"c","channel":"CHAT","status":"CALLBACK_REQUEST","timestamp":1704067204000}
            {"recordType":"interaction"
            """;

    private Rehearsal() {}

    /** @param args {@code validate}, {@code run} and {@code test} for these, {@code checks} for all others that need no Flink */
    public static void main(String[] args) throws IOException {
        Thread.currentThread().setContextClassLoader(new ShippedTypes()); // as Main does
        Path pipeline = Home.find().resolve("pipelines/cxone.yaml");
        if (args[0].equals("run")) {
            run(pipeline);
        } else if (args[0].equals("test")) {
            rehearse(List.of("test", pipeline.resolveSibling("cxone.test.yaml").toString()));
        } else if (args[0].equals("validate")) {
            validations(pipeline.toString()).forEach(Rehearsal::rehearse);
        } else {
            checks(pipeline.toString()).forEach(Rehearsal::rehearse);
        }
    }

    private static void rehearse(List<String> command) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        int exitCode = Main.execute(nowhere, nowhere, command.toArray(String[]::new));
        if (exitCode > ExitCode.FINDINGS) {
            throw new IllegalStateException("`" + String.join(" ", command) + "` ends with " + exitCode);
        }
    }

    private static void run(Path pipeline) throws IOException {
        Path folder = Files.createTempDirectory("rehearsal");
        try {
            Files.writeString(folder.resolve("events.jsonl"), EVENTS);
            Path overlay = Files.writeString(folder.resolve("overlay.yaml"), WITHOUT_SERVERS.formatted(folder));
            rehearse(List.of("run", pipeline.toString(), "--overlay", overlay.toString()));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        }
    }

    private static List<List<String>> validations(String pipeline) {
        return List.of(
                List.of("validate", pipeline),
                List.of("validate", pipeline, "--set", "stages.repeatedFailures.steps.failure.where=statuz == 1"),
                List.of("validate", pipeline, "--set", "stages.volumes.windw=1m", "--format", "json"));
    }

    private static List<List<String>> checks(String pipeline) {
        return List.of(
                List.of("--help"),
                List.of("show", pipeline),
                List.of("graph", pipeline),
                List.of("fmt", "--check", pipeline),
                List.of("list"),
                List.of("describe", "window"),
                List.of("schema"),
                List.of("explain", "unknown-option"));
    }
}
