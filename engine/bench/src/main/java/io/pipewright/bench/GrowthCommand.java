package io.pipewright.bench;

import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code bench growth}: this engine with more customers, channels and stages; all cases in turn, round after round. Each
 * customer has a profile before what is measured begins.
 */
@Command(
        name = "growth",
        description = {
            "Measures this engine with more customers, more channels and more stages, and the state of a key.",
            "Every customer gets a profile before the clock runs."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A run takes 30 s from then on if nothing else is given.",
            "Example: pipewright bench growth --rounds 5 --plot docs/growth.svg"
        })
final class GrowthCommand implements Callable<Integer> {

    /** What all cases have alike; customers and channels are their own. */
    private static final FeedSpec LIKE = new FeedSpec(42, 200_000, 1, 1, 0, 20_000, true);

    @Mixin
    MeasureOptions measure = new MeasureOptions(1, 2_000_000, 5_120);

    @Mixin
    JobOptions job = new JobOptions(0, 30);

    @Mixin
    RunOptions run = new RunOptions(600);

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "customers, channels, hot or stages, or one case: 5000000-customers.")
    List<String> only = List.of();

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Draws the events a second, the CPU and the state of each case, as SVG.")
    @Nullable
    Path plot;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<GrowthCase> cases = GrowthCase.ALL.stream()
                .filter(grown -> only.isEmpty() || grown.isNamedIn(only))
                .toList();
        measure.check();
        job.check(measure);
        measure.check(
                !cases.isEmpty(),
                "`--only` is customers, channels, hot or stages, or one case such as `5000000-customers`.");
        OutputFile.check("--plot", plot, measure.spec);
        PrintWriter out = measure.out();
        BenchPlan plan = plan();
        Map<GrowthCase, List<Round>> runs = run(plan, cases, out);
        GrowthReport measured = GrowthReport.of(
                plan,
                runs.entrySet().stream()
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(entry -> GrowthCase.Line.of(entry.getKey(), entry.getValue()))
                        .toList());
        out.println();
        out.print(ReportText.of(measured));
        out.flush();
        measure.write(measured);
        if (plot != null) {
            Files.writeString(plot, GrowthPlot.of(measured));
        }
        return runs.values().stream().allMatch(counted -> counted.size() == measure.rounds)
                ? 0
                : measure.differences("Not every run agreed with the oracle; those that did not do not count.");
    }

    /** The runs that agree with the oracle, by their case. */
    private Map<GrowthCase, List<Round>> run(BenchPlan like, List<GrowthCase> cases, PrintWriter out)
            throws IOException, InterruptedException {
        Map<GrowthCase, List<Round>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= measure.rounds; round++) {
            for (GrowthCase grown : cases) {
                BenchPlan plan = like.of(grown, grown.slug() + "-" + round);
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
                job.parallelism,
                job.state,
                job.checkpoint(),
                job.events(),
                job.length(),
                0,
                measure.warmUp,
                run.timeout(),
                new JvmFlags(measure.heap),
                run.profile,
                Home.find(),
                run.folder("growth"));
    }
}
