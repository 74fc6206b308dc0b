package io.pipewright.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pipewright.bench.BenchReport.Machine;
import io.pipewright.bench.SinkBenchmark.Settings;
import io.pipewright.bench.contender.SinkContender;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench sinks}: this engine's sinks beside the bare clients of the same servers. */
@Command(
        name = "sinks",
        description = "Measures the sinks: cassandra beside the driver's executeAsync, kafka beside Flink's KafkaSink.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: pipewright bench sinks --rounds 7 --report sinks.json"})
final class SinksCommand implements Callable<Integer> {

    /** Rows that are not all there, as a command's exit tells its caller. */
    private static final int DIFFERENCES = 1;

    @Option(names = "--contenders", split = ",", paramLabel = "NAME", description = "Who takes part, all by default.")
    List<SinkContender> contenders = List.of(SinkContender.values());

    @Option(names = "--rounds", paramLabel = "N", description = "How often each runs (${DEFAULT-VALUE}).")
    int rounds = 5;

    @Option(names = "--rows", paramLabel = "N", description = "How many rows go to Cassandra (${DEFAULT-VALUE}).")
    long rows = 300_000;

    @Option(names = "--messages", paramLabel = "N", description = "How many messages go to Kafka (${DEFAULT-VALUE}).")
    long messages = 3_000_000;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Rows or messages that each JVM writes before its run (${DEFAULT-VALUE}).")
    long warmUp = 50_000;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "Writes to Cassandra without an answer, of both contenders (${DEFAULT-VALUE}).")
    int inFlight = 128;

    @Option(names = "--heap", paramLabel = "MB", description = "The heap of each JVM (${DEFAULT-VALUE}).")
    int heap = 1_024;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "When a run is given up (${DEFAULT-VALUE}).")
    long timeout = 300;

    @Option(names = "--profile", description = "Keeps what the runs leave, with a flight recording of each.")
    boolean profile;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where servers and runs keep their files (.pipewright in the project's folder).")
    @Nullable
    Path folder;

    @Option(names = "--report", paramLabel = "FILE", description = "Writes all of it as JSON.")
    @Nullable
    Path report;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

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
        PrintWriter out = spec.commandLine().getOut();
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
        if (report != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(report.toFile(), all);
        }
        if (!measured.stream().allMatch(Round::counts)) {
            spec.commandLine()
                    .getErr()
                    .println("Not every run wrote all of its rows; those that did not do not count.");
            return DIFFERENCES;
        }
        return 0;
    }

    private static Standing standing(Settings settings, boolean toTable, List<Round> rounds) {
        List<String> labels = settings.contenders().stream()
                .filter(contender -> contender.toTable() == toTable)
                .map(SinkContender::label)
                .toList();
        return Standing.of(labels, rounds);
    }

    private Settings settings() {
        if (rounds < 1
                || rows < 1
                || messages < 1
                || warmUp < 0
                || inFlight < 1
                || inFlight > 32_768
                || heap < JvmFlags.LEAST_HEAP) {
            throw new ParameterException(
                    spec.commandLine(),
                    "`--rounds`, `--rows` and `--messages` are 1 or more, `--in-flight` is between 1 and 32768, and `--heap`"
                            + " is 512 or more.");
        }
        OutputFile.check("--report", report, spec);
        Path home = Home.find();
        return new Settings(
                contenders.stream().distinct().toList(),
                rounds,
                rows,
                messages,
                warmUp,
                inFlight,
                Duration.ofSeconds(timeout),
                new JvmFlags(heap),
                profile,
                home,
                (folder == null ? home.resolve(".pipewright") : folder.toAbsolutePath())
                        .resolve("sinks-" + ProcessHandle.current().pid()));
    }
}
