package io.pipewright.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pipewright.bench.ContenderProcess.Measured;
import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.contender.JobPlan;
import io.pipewright.bench.contender.JobPlanFile;
import io.pipewright.bench.feed.Feed;
import io.pipewright.bench.feed.Part;
import io.pipewright.bench.feed.ResultFolder.Outcome;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a contender once in a JVM of its own, and compares what it put out with the oracle. */
final class ContenderRunner {

    private final Feed feed;
    private final BenchPlan plan;

    ContenderRunner(Feed feed, BenchPlan plan) {
        this.feed = feed;
        this.plan = plan;
    }

    Round run(Contender contender, int round, Path folder) throws IOException, InterruptedException {
        JobPlan job = plan.job(folder);
        Path planFile = JobPlanFile.write(job);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command(contender, planFile, folder))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread withUs = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(withUs);
        try {
            if (!process.waitFor(plan.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                return failed(
                        contender, round, "did not end within " + plan.timeout().toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly().waitFor();
            Runtime.getRuntime().removeShutdownHook(withUs);
        }
        Path result = folder.resolve(ContenderProcess.RESULT);
        if (process.exitValue() != 0 || !Files.exists(result)) {
            return failed(contender, round, "failed; `" + log + "` says why");
        }
        return round(contender, round, new ObjectMapper().readValue(result.toFile(), Measured.class));
    }

    private List<String> command(Contender contender, Path planFile, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(plan.jvm().all());
        if (plan.profile()) {
            command.add("-XX:StartFlightRecording=settings=profile,filename=" + folder.resolve("profile.jfr"));
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ContenderProcess.class.getName());
        command.add(contender.label());
        command.add(planFile.toString());
        command.add(Long.toString(plan.warmUp()));
        return command;
    }

    private Round round(Contender contender, int round, Measured measured) {
        Outcome outcome = measured.outcome();
        return new Round(
                contender.label(),
                round,
                outcome.events(),
                outcome.nanos() / 1e9,
                outcome.cpuNanos() / 1e9,
                measured.peakHeapBytes() >> 20,
                measured.checkpoints().completed(),
                measured.checkpoints().stateBytes(),
                outcome.tallies(),
                differences(contender, outcome));
    }

    private List<String> differences(Contender contender, Outcome outcome) {
        Part part = contender == Contender.FLOOR ? Part.PARSE : plan.part();
        Map<ResultKind, Tally> expected = feed.expect(part, outcome.events());
        List<String> differences = new ArrayList<>();
        expected.forEach((kind, tally) -> {
            Tally found = outcome.tallies().getOrDefault(kind, Tally.NONE);
            if (contender.results().contains(kind) && !found.equals(tally)) {
                differences.add(kind + ": expected " + tally.rows() + " rows (" + tally.checksum() + "), found "
                        + found.rows() + " (" + found.checksum() + ")");
            }
        });
        return differences;
    }

    private static Round failed(Contender contender, int round, String why) {
        return new Round(contender.label(), round, 0, 0, 0, 0, 0, 0, Map.of(), List.of(why));
    }
}
