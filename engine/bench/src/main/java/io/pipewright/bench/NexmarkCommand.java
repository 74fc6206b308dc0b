package io.pipewright.bench;

import io.pipewright.bench.nexmark.NexmarkEvents;
import io.pipewright.bench.nexmark.NexmarkFiles;
import io.pipewright.bench.nexmark.SqlAnswersProcess;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench nexmark}: events for the pipelines of Nexmark, and Flink SQL's answers to them. */
@Command(
        name = "nexmark",
        description = {
            "Writes events after Nexmark's model for the pipelines in pipelines/nexmark.",
            "With --answers it writes the events that are committed there, and what Flink SQL answers to them."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: pipewright bench nexmark --events 100000 --output nexmark.jsonl"})
final class NexmarkCommand implements Callable<Integer> {

    private static final int OUTSIDE = 3;
    private static final long MOST_EVENTS = 100_000_000;

    @Option(names = "--events", paramLabel = "N", description = "How many events there are (${DEFAULT-VALUE}).")
    long events = 10_000;

    @Option(names = "--seed", paramLabel = "S", description = "Equal seeds give equal events (${DEFAULT-VALUE}).")
    long seed = 42;

    @Option(names = "--output", paramLabel = "FILE", description = "Where they are written, one on each line.")
    @Nullable
    Path output;

    @Option(
            names = "--answers",
            description = "Writes the files in pipelines/nexmark anew. Takes some minutes; look at the diff.")
    boolean answers;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "When Flink SQL is given up (${DEFAULT-VALUE}).")
    long timeout = 900;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (answers == (output != null) || events < 1 || events > MOST_EVENTS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Give either `--output` with 1 to 100,000,000 `--events`, or `--answers`, whose events are fixed.");
        }
        if (output == null) {
            return answer();
        }
        OutputFile.check("--output", output, spec);
        try (BufferedWriter file = Files.newBufferedWriter(output)) {
            for (Iterator<String> lines =
                            new NexmarkEvents(seed, events).inOrder().iterator();
                    lines.hasNext(); ) {
                file.write(lines.next());
                file.write('\n');
            }
        }
        return 0;
    }

    private int answer() throws IOException, InterruptedException {
        Path home = Home.find();
        NexmarkFiles files = new NexmarkFiles(home.resolve("pipelines/nexmark"));
        Path run = Files.createDirectories(
                home.resolve(".pipewright/nexmark-" + ProcessHandle.current().pid()));
        files.writeEvents();
        Path origin = run.resolve(ContenderProcess.RESULT);
        Optional<String> failure = new ContenderJvm(new JvmFlags(1_024), false, Duration.ofSeconds(timeout))
                .run(SqlAnswersProcess.class, run, files.folder().toString(), origin.toString());
        if (failure.isPresent()) {
            spec.commandLine().getErr().println("Flink SQL " + failure.get() + ".");
            return OUTSIDE;
        }
        Files.move(origin, files.writtenOrigin(), StandardCopyOption.REPLACE_EXISTING);
        Benchmark.delete(run);
        return 0;
    }
}
