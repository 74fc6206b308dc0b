package io.pipewright.bench;

import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.feed.Feed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs the contenders in turn, round after round, so that what drifts on the machine hits all alike. */
final class Benchmark {

    private Benchmark() {}

    /**
     * Measures.
     *
     * @param each is told of every run when it has ended
     */
    static BenchReport run(BenchPlan plan, Consumer<Round> each) throws IOException, InterruptedException {
        Feed feed = Feed.generate(plan.feed());
        feed.write(plan.block());
        ContenderRunner runner = new ContenderRunner(feed, plan);
        List<Round> rounds = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (Contender contender : plan.contenders()) {
                Path folder = plan.run(contender, round);
                Round run = runner.run(contender, round, folder);
                rounds.add(run);
                each.accept(run);
                if (run.counts() && !plan.profile()) {
                    delete(folder);
                }
            }
        }
        delete(plan.block());
        return BenchReport.of(plan, rounds);
    }

    /** Removes what runs left. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
