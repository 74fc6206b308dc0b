package io.pipewright.bench;

import io.pipewright.bench.ContenderProcess.Measured;
import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.contender.JobPlanFile;
import io.pipewright.bench.feed.Feed;
import io.pipewright.bench.feed.Part;
import io.pipewright.bench.feed.ResultFolder.Outcome;
import io.pipewright.bench.feed.ResultKind;
import io.pipewright.bench.feed.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a contender once in a JVM of its own, and compares what it put out with the oracle. */
final class ContenderRunner {

    private final Feed feed;
    private final BenchPlan plan;

    ContenderRunner(Feed feed, BenchPlan plan) {
        this.feed = feed;
        this.plan = plan;
    }

    Round run(Contender contender, int round, Path folder) throws IOException, InterruptedException {
        Path planFile = JobPlanFile.write(plan.job(folder));
        ContenderJvm jvm = new ContenderJvm(plan.jvm(), plan.profile(), plan.timeout());
        Optional<String> failure = jvm.run(
                ContenderProcess.class, folder, contender.label(), planFile.toString(), Long.toString(plan.warmUp()));
        if (failure.isPresent()) {
            return Round.failed(contender.label(), round, failure.get());
        }
        return round(contender, round, Measured.read(folder));
    }

    private Round round(Contender contender, int round, Measured measured) {
        Outcome outcome = measured.outcome();
        return Round.of(contender.label(), round, measured, outcome.tallies(), differences(contender, outcome));
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
}
