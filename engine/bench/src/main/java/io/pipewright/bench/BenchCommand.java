package io.pipewright.bench;

import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code bench}: contenders side by side. */
@Command(
        name = "bench",
        description = "Measures this engine beside other ways of writing the same job, on the same events.",
        mixinStandardHelpOptions = true,
        subcommands = {
            GrowthCommand.class,
            MicroCommand.class,
            NexmarkCommand.class,
            SinksCommand.class,
            StartupCommand.class
        },
        footer = {
            "",
            "A run has 3,000,000 events if nothing else is given.",
            "Example: pipewright bench --seconds 60 --report bench.json"
        })
final class BenchCommand implements Callable<Integer> {

    /** A whole feed of a burst lies within the two seconds by which contenders let events be out of order. */
    private static final double BURST_SECONDS = 1.5;

    private static final int BLOCK = 500_000;

    @Option(names = "--contenders", split = ",", paramLabel = "NAME", description = "Who takes part, all by default.")
    List<Contender> contenders = List.of(Contender.values());

    @Mixin
    MeasureOptions measure = new MeasureOptions(5, 500_000, 5_120);

    @Mixin
    RunOptions run = new RunOptions(600);

    @Option(names = "--part", paramLabel = "PART", description = "full, window or pattern (${DEFAULT-VALUE}).")
    Part part = Part.FULL;

    @Mixin
    JobOptions job = new JobOptions(3_000_000, 0);

    @Option(names = "--pace", paramLabel = "RATE", description = "Events a second; as fast as they go by default.")
    long pace;

    @Option(
            names = "--burst",
            description = "All events lie within the time that the job waits for stragglers, so that all are processed"
                    + " when the feed ends.")
    boolean burst;

    @Option(names = "--channels", paramLabel = "N", description = "How many channels there are (${DEFAULT-VALUE}).")
    int channels = 5;

    @Option(names = "--customers", paramLabel = "N", description = "How many customers there are (${DEFAULT-VALUE}).")
    int customers = 50_000;

    @Option(
            names = "--hot",
            paramLabel = "SHARE",
            description = "The share of interactions, 0 to 1, that one channel has beside its fair share.")
    double hot;

    @Option(names = "--rate", paramLabel = "N", description = "Events of a second of event time (${DEFAULT-VALUE}).")
    int rate = 20_000;

    @Option(names = "--seed", paramLabel = "S", description = "Equal seeds give equal events (${DEFAULT-VALUE}).")
    long seed = 42;

    @Override
    public Integer call() throws IOException, InterruptedException {
        BenchPlan plan = plan();
        PrintWriter out = measure.out();
        BenchReport measured = Benchmark.run(plan, round -> out.println(ReportText.of(round)));
        out.println();
        out.print(ReportText.of(measured));
        out.flush();
        if (run.profile) {
            printProfiles(plan, measured, out);
        }
        measure.write(measured);
        return measured.allCount()
                ? 0
                : measure.differences("Not every run agreed with the oracle; those that did not do not count.");
    }

    /** Of the last round of each contender; the recordings stay where they are. */
    private static void printProfiles(BenchPlan plan, BenchReport measured, PrintWriter out) throws IOException {
        for (Standing.Line line : measured.lines()) {
            Path recording = plan.folder().resolve(line.contender() + "-" + plan.rounds() + "/profile.jfr");
            if (Files.exists(recording)) {
                out.println();
                out.println(line.contender() + ", " + recording);
                out.print(Profile.read(recording));
            }
        }
        out.flush();
    }

    private BenchPlan plan() {
        measure.check();
        job.check(measure);
        measure.check(pace >= 0, "`--pace` is not negative.");
        measure.check(!burst || job.length().isZero(), "A burst has a number of events: give `--events`.");
        measure.check(part != Part.PARSE, "`--part` is full, window or pattern.");
        return new BenchPlan(
                contenders.stream().distinct().toList(),
                measure.rounds,
                feed(job.events()),
                part,
                0,
                job.parallelism,
                job.state,
                job.checkpoint(),
                job.events(),
                job.length(),
                pace,
                measure.warmUp,
                run.timeout(),
                new JvmFlags(measure.heap),
                run.profile,
                Home.find(),
                run.folder("bench"));
    }

    private FeedSpec feed(long all) {
        measure.check(!burst || all <= 2_000_000, "A burst has 2,000,000 events or less.");
        int block = (int) (burst ? all : Math.min(BLOCK, all));
        int perSecond = burst ? (int) Math.ceil(all / BURST_SECONDS) : rate;
        try {
            return new FeedSpec(seed, block, customers, channels, hot, perSecond, false);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(measure.spec.commandLine(), e.getMessage(), e);
        }
    }
}
