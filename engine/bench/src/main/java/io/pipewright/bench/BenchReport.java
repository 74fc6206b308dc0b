package io.pipewright.bench;

import io.pipewright.bench.Standing.Comparison;
import io.pipewright.bench.Standing.Line;
import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.contender.JobPlan;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import java.util.List;

/**
 * What a measurement came to, for {@code --report}.
 *
 * @param machine what it ran on
 * @param jvm the flags of the contenders' JVMs
 * @param lines one for each contender of which a run counts
 * @param ratios of the first contender to each other
 * @param rounds every run, also those that do not count
 */
record BenchReport(
        Machine machine,
        List<String> jvm,
        FeedSpec feed,
        Part part,
        int parallelism,
        JobPlan.State state,
        long checkpointMillis,
        long pace,
        List<Line> lines,
        List<Comparison> ratios,
        List<Round> rounds) {

    /** The machine, as the JVM sees it. */
    record Machine(int processors, String os, String java) {
        static Machine here() {
            return new Machine(
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        }
    }

    static BenchReport of(BenchPlan plan, List<Round> rounds) {
        Standing standing =
                Standing.of(plan.contenders().stream().map(Contender::label).toList(), rounds);
        return new BenchReport(
                Machine.here(),
                plan.jvm().tuning(),
                plan.feed(),
                plan.part(),
                plan.parallelism(),
                plan.state(),
                plan.checkpoint().toMillis(),
                plan.pace(),
                standing.lines(),
                standing.ratios(),
                rounds);
    }

    /** Whether every run agreed with the oracle. */
    boolean allCount() {
        return rounds.stream().allMatch(Round::counts);
    }
}
