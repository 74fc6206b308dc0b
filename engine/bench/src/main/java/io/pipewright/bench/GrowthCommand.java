package io.pipewright.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench growth}: this engine with more customers, channels and stages; all cases in turn, round after round. */
@Command(
        name = "growth",
        description = "Measures this engine with more customers, more channels and more stages.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: pipewright bench growth --rounds 5 --plot docs/growth.svg"})
final class GrowthCommand implements Callable<Integer> {

    private static final FeedSpec LIKE = new FeedSpec(42, 200_000, 1, 1, 0, 20_000);

    @Option(names = "--rounds", paramLabel = "N", description = "How often each case runs (${DEFAULT-VALUE}).")
    int rounds = 3;

    @Option(names = "--events", paramLabel = "N", description = "How many events a run has (${DEFAULT-VALUE}).")
    long events = 4_000_000;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Events that each JVM reads before its run (${DEFAULT-VALUE}).")
    long warmUp = 500_000;

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

    @Option(names = "--heap", paramLabel = "MB", description = "The heap of each JVM (${DEFAULT-VALUE}).")
    int heap = 5_120;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draws the CPU of each case, as SVG.")
    @Nullable
    Path plot;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes all of it as JSON.")
    @Nullable
    Path report;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<GrowthCase> cases = GrowthCase.ALL.stream()
                .filter(grown -> only.isEmpty() || only.contains(grown.group()) || only.contains(grown.label()))
                .toList();
        if (cases.isEmpty()
                || rounds < 1
                || events < 1
                || warmUp < 0
                || parallelism < 1
                || heap < JvmFlags.LEAST_HEAP) {
            throw new ParameterException(
                    spec.commandLine(),
                    "`--rounds`, `--events` and `--parallelism` are 1 or more, `--heap` is 512 or more, and `--only` is"
                            + " customers, channels or stages, or one case such as `30 more stages`.");
        }
        OutputFile.check("--plot", plot, spec);
        OutputFile.check("--report", report, spec);
        PrintWriter out = spec.commandLine().getOut();
        Map<GrowthCase, List<Round>> runs = run(cases, out);
        List<GrowthCase.Line> lines = runs.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> GrowthCase.Line.of(entry.getKey(), entry.getValue()))
                .toList();
        out.println();
        lines.forEach(line -> out.println(ReportText.of(line)));
        out.flush();
        if (report != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(report.toFile(), lines);
        }
        if (plot != null) {
            Files.writeString(plot, GrowthPlot.of(lines));
        }
        return runs.values().stream().allMatch(counted -> counted.size() == rounds) ? 0 : 1;
    }

    /** The runs that agree with the oracle, by their case. */
    private Map<GrowthCase, List<Round>> run(List<GrowthCase> cases, PrintWriter out)
            throws IOException, InterruptedException {
        BenchPlan like = plan();
        Map<GrowthCase, List<Round>> runs = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
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
        Path home = Home.find();
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
                warmUp,
                Duration.ofMinutes(10),
                new JvmFlags(heap),
                false,
                home,
                home.resolve(".pipewright/growth-" + ProcessHandle.current().pid()));
    }
}
