package io.pipewright.bench;

import io.pipewright.bench.BenchReport.Machine;
import io.pipewright.bench.SinkBenchmark.Settings;
import io.pipewright.bench.contender.SinkContender;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench sinks}: this engine's sinks beside the bare clients of the same servers. */
@Command(
        name = "sinks",
        description = "Measures the sinks: cassandra beside the driver's executeAsync, kafka beside Flink's KafkaSink.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: pipewright bench sinks --rounds 7 --report sinks.json"})
final class SinksCommand implements Callable<Integer> {

    @Option(names = "--contenders", split = ",", paramLabel = "NAME", description = "Who takes part, all by default.")
    List<SinkContender> contenders = List.of(SinkContender.values());

    @Mixin
    MeasureOptions measure = new MeasureOptions(5, 50_000, 1_024);

    @Mixin
    RunOptions run = new RunOptions(300);

    @Option(names = "--rows", paramLabel = "N", description = "How many rows go to Cassandra (${DEFAULT-VALUE}).")
    long rows = 300_000;

    @Option(names = "--messages", paramLabel = "N", description = "How many messages go to Kafka (${DEFAULT-VALUE}).")
    long messages = 3_000_000;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "Writes to Cassandra without an answer, of both contenders (${DEFAULT-VALUE}).")
    int inFlight = 128;

    /**
     * What a measurement came to, for {@code --report}.
     *
     * @param tables the contenders that wrote to Cassandra
     * @param topics those that wrote to Kafka
     */
    record Report(
            Machine machine,
            List<String> jvm,
            long rows,
            long messages,
            int inFlight,
            Standing tables,
            Standing topics,
            List<Round> rounds) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = settings();
        PrintWriter out = measure.out();
        List<Round> measured = SinkBenchmark.run(settings, round -> out.println(ReportText.of(round)));
        Report all = new Report(
                Machine.here(),
                settings.jvm().tuning(),
                rows,
                messages,
                inFlight,
                standing(settings, true, measured),
                standing(settings, false, measured),
                measured);
        Stream.of(all.tables(), all.topics())
                .filter(standing -> !standing.lines().isEmpty())
                .forEach(standing -> out.printf("%n%s", ReportText.of(standing)));
        out.flush();
        measure.write(all);
        return measured.stream().allMatch(Round::counts)
                ? 0
                : measure.differences("Not every run wrote all of its rows; those that did not do not count.");
    }

    private static Standing standing(Settings settings, boolean toTable, List<Round> rounds) {
        List<String> labels = settings.contenders().stream()
                .filter(contender -> contender.toTable() == toTable)
                .map(SinkContender::label)
                .toList();
        return Standing.of(labels, rounds);
    }

    private Settings settings() {
        measure.check();
        measure.check(rows >= 1 && messages >= 1, "`--rows` and `--messages` are 1 or more.");
        measure.check(inFlight >= 1 && inFlight <= 32_768, "`--in-flight` is between 1 and 32768.");
        return new Settings(
                contenders.stream().distinct().toList(),
                measure.rounds,
                rows,
                messages,
                measure.warmUp,
                inFlight,
                run.timeout(),
                new JvmFlags(measure.heap),
                run.profile,
                Home.find(),
                run.folder("sinks"));
    }
}
