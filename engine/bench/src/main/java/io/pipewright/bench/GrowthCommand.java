package io.pipewright.bench;

import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.contender.JobPlan;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench growth}: this engine with more customers, channels and stages; all cases in turn, round after round. */
@Command(
        name = "growth",
        description = "Measures this engine with more customers, more channels and more stages.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: pipewright bench growth --rounds 5 --plot docs/growth.svg"})
final class GrowthCommand implements Callable<Integer> {

    private static final FeedSpec LIKE = new FeedSpec(42, 200_000, 1, 1, 0, 20_000);

    @Mixin
    MeasureOptions measure = new MeasureOptions(3, 500_000, 5_120);

    @Option(names = "--events", paramLabel = "N", description = "How many events a run has (${DEFAULT-VALUE}).")
    long events = 4_000_000;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "customers, channels or stages, or one case: 30 more stages.")
    List<String> only = List.of();

    @Option(names = "--parallelism", paramLabel = "N", description = "Subtasks (${DEFAULT-VALUE}).")
    int parallelism = 2;

    @Option(names = "--state", paramLabel = "BACKEND", description = "heap or rocksdb (${DEFAULT-VALUE}).")
    JobPlan.State state = JobPlan.State.HEAP;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draws the CPU of each case, as SVG.")
    @Nullable
    Path plot;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<GrowthCase> cases = GrowthCase.ALL.stream()
                .filter(grown -> only.isEmpty() || only.contains(grown.group()) || only.contains(grown.label()))
                .toList();
        measure.check();
        measure.check(
                !cases.isEmpty(), "`--only` is customers, channels or stages, or one case such as `30 more stages`.");
        measure.check(events >= 1 && parallelism >= 1, "`--events` and `--parallelism` are 1 or more.");
        OutputFile.check("--plot", plot, measure.spec);
        PrintWriter out = measure.out();
        Map<GrowthCase, List<Round>> runs = run(cases, out);
        List<GrowthCase.Line> lines = runs.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> GrowthCase.Line.of(entry.getKey(), entry.getValue()))
                .toList();
        out.println();
        lines.forEach(line -> out.println(ReportText.of(line)));
        out.flush();
        measure.write(lines);
        if (plot != null) {
            Files.writeString(plot, GrowthPlot.of(lines));
        }
        return runs.values().stream().allMatch(counted -> counted.size() == measure.rounds)
                ? 0
                : measure.differences("Not every run agreed with the oracle; those that did not do not count.");
    }

    /** The runs that agree with the oracle, by their case. */
    private Map<GrowthCase, List<Round>> run(List<GrowthCase> cases, PrintWriter out)
            throws IOException, InterruptedException {
        BenchPlan like = plan();
        Map<GrowthCase, List<Round>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= measure.rounds; round++) {
            for (GrowthCase grown : cases) {
                BenchPlan plan = like.of(grown.feed(LIKE), grown.moreStages(), grown.slug() + "-" + round);
                List<Round> counted = runs.computeIfAbsent(grown, g -> new ArrayList<>());
                Benchmark.run(plan, run -> {
                    out.println(grown.label() + ", " + ReportText.of(run));
                    if (run.counts()) {
                        counted.add(run);
                    }
                });
            }
        }
        return runs;
    }

    private BenchPlan plan() {
        return new BenchPlan(
                List.of(Contender.PIPEWRIGHT),
                1,
                LIKE,
                Part.FULL,
                0,
                parallelism,
                state,
                Duration.ofSeconds(5),
                events,
                Duration.ZERO,
                0,
                measure.warmUp,
                Duration.ofMinutes(10),
                new JvmFlags(measure.heap),
                false,
                Home.find(),
                Home.find()
                        .resolve(".pipewright/growth-" + ProcessHandle.current().pid()));
    }
}
