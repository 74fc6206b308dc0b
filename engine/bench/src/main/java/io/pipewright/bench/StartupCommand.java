package io.pipewright.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code bench startup}: from {@code ./pipewright run} to the first record.
 *
 * <p>It runs {@code pipelines/cxone.yaml} with a file in the place of Kafka and files in the place of its sinks, and one
 * sink more for what the route lets pass. A file sink opens its file for the first record that reaches it; that moment is
 * taken.
 */
@Command(
        name = "startup",
        description = "Measures the time from `pipewright run` to the first record processed.",
        mixinStandardHelpOptions = true)
final class StartupCommand implements Callable<Integer> {

    private static final String OVERLAY =
            """
            checks: null
            connections: null
            sources:
              events:
                type: file
                path: "%1$s/in.jsonl"
                format: {type: json, record: Event, blank: skip}
                eventTime: {field: timestamp, missing: deadLetter, outOfOrderness: 2s}
            sinks:
              volumesTable: {type: file, from: volumes, path: "%1$s/volumes", format: {type: json}}
              alertsTable: {type: file, from: repeatedFailures, path: "%1$s/alerts", format: {type: json}}
              lateRecords: {type: file, from: late, path: "%1$s/late", format: {type: json}}
              deadLetters: {type: file, from: errors, path: "%1$s/dead", format: {type: json}}
              first: {type: file, from: routing.interactions, path: "%1$s/first", format: {type: json}}
            """;

    private static final String EVENT =
            "{\"recordType\":\"interaction\",\"interactionId\":\"i1\",\"customerId\":\"c1\",\"channel\":\"VOICE\","
                    + "\"status\":\"OK\",\"timestamp\":1704067200000}\n";

    @Option(names = "--rounds", paramLabel = "N", description = "How often (${DEFAULT-VALUE}).")
    int rounds = 5;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "When a run is given up (${DEFAULT-VALUE}).")
    long timeout = 120;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path home = Home.find();
        List<Double> seconds = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Path folder = home.resolve(
                    ".pipewright/startup-" + ProcessHandle.current().pid() + "-" + round);
            seconds.add(measure(home, folder));
            out.printf(Locale.ROOT, "round %d  %.2f s%n", round, seconds.get(round - 1));
        }
        Statistics.Spread spread = Statistics.Spread.of(seconds);
        out.printf(
                Locale.ROOT,
                "From `pipewright run` to the first record: %.2f s [%.2f - %.2f]%n",
                spread.median(),
                spread.min(),
                spread.max());
        return 0;
    }

    private double measure(Path home, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("in.jsonl"), EVENT, StandardCharsets.UTF_8);
        Path overlay = Files.writeString(folder.resolve("overlay.yaml"), OVERLAY.formatted(folder));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(
                        home.resolve("pipewright").toString(),
                        "run",
                        home.resolve("pipelines/cxone.yaml").toString(),
                        "--overlay",
                        overlay.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            while (!hasFile(folder.resolve("first"))) {
                boolean ended = process.waitFor(5, TimeUnit.MILLISECONDS);
                if (ended && !hasFile(folder.resolve("first"))
                        || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(timeout)) {
                    throw new IOException("no record came; `" + folder.resolve("log") + "` says why");
                }
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            process.waitFor(timeout, TimeUnit.SECONDS);
            return seconds;
        } finally {
            process.destroy();
        }
    }

    private static boolean hasFile(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(Files::isRegularFile);
        }
    }
}
