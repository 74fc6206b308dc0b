package io.pipewright.bench;

import io.pipewright.bench.Statistics.Ratio;
import io.pipewright.bench.Statistics.Spread;
import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.contender.JobPlan;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import java.util.ArrayList;
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

    /** The runs of a contender taken together. */
    record Line(
            String contender,
            int runs,
            Spread eventsPerSecond,
            Spread cpuSecondsPerMillion,
            Spread peakHeapMegabytes,
            Spread checkpoints) {}

    /**
     * The first contender beside another.
     *
     * @param speed its events per second divided by those of the other
     * @param cpu its CPU seconds per event divided by those of the other
     */
    record Comparison(String contender, String other, Ratio speed, Ratio cpu) {}

    static BenchReport of(BenchPlan plan, List<Round> rounds) {
        List<Line> lines = new ArrayList<>();
        List<Comparison> ratios = new ArrayList<>();
        List<Round> first = List.of();
        for (Contender contender : plan.contenders()) {
            List<Round> counting = rounds.stream()
                    .filter(round -> round.contender().equals(contender.label()) && round.counts())
                    .toList();
            if (counting.isEmpty()) {
                continue;
            }
            lines.add(line(contender.label(), counting));
            if (contender == plan.contenders().get(0)) {
                first = counting;
            } else if (!first.isEmpty()) {
                ratios.add(compare(first, counting));
            }
        }
        return new BenchReport(
                Machine.here(),
                plan.jvm().tuning(),
                plan.feed(),
                plan.part(),
                plan.parallelism(),
                plan.state(),
                plan.checkpoint().toMillis(),
                plan.pace(),
                lines,
                ratios,
                rounds);
    }

    private static Line line(String contender, List<Round> rounds) {
        return new Line(
                contender,
                rounds.size(),
                Spread.of(speeds(rounds)),
                Spread.of(cpu(rounds)),
                Spread.of(
                        rounds.stream().map(r -> (double) r.peakHeapMegabytes()).toList()),
                Spread.of(rounds.stream().map(r -> (double) r.checkpoints()).toList()));
    }

    private static Comparison compare(List<Round> first, List<Round> other) {
        return new Comparison(
                first.get(0).contender(),
                other.get(0).contender(),
                Ratio.of(speeds(first), speeds(other)),
                Ratio.of(cpu(first), cpu(other)));
    }

    private static List<Double> speeds(List<Round> rounds) {
        return rounds.stream().map(Round::eventsPerSecond).toList();
    }

    private static List<Double> cpu(List<Round> rounds) {
        return rounds.stream().map(Round::cpuPerMillion).toList();
    }

    /** Whether every run agreed with the oracle. */
    boolean allCount() {
        return rounds.stream().allMatch(Round::counts);
    }
}
