package io.pipewright.bench;

import io.pipewright.bench.contender.Contender;
import io.pipewright.bench.contender.JobPlan;
import io.pipewright.bench.feed.FeedRun;
import io.pipewright.bench.feed.FeedSpec;
import io.pipewright.bench.feed.Part;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is measured, and how.
 *
 * @param filters see {@link JobPlan}
 * @param events a run has; {@link Long#MAX_VALUE} when {@code length} says when it ends
 * @param length of a run; zero when {@code events} says so
 * @param pace events a second, 0 for as fast as a contender takes them
 * @param warmUp events that a contender reads in its JVM before the run that is measured
 * @param timeout after which a run is given up
 * @param home the project's folder
 * @param folder for the block and for what the runs leave
 */
record BenchPlan(
        List<Contender> contenders,
        int rounds,
        FeedSpec feed,
        Part part,
        int filters,
        int parallelism,
        JobPlan.State state,
        Duration checkpoint,
        long events,
        Duration length,
        long pace,
        long warmUp,
        Duration timeout,
        JvmFlags jvm,
        boolean profile,
        Path home,
        Path folder) {

    BenchPlan {
        contenders = List.copyOf(contenders);
    }

    /** The same of a case of growth, in a folder of its own. */
    BenchPlan of(GrowthCase grown, String name) {
        return new BenchPlan(
                contenders,
                rounds,
                grown.feed(feed),
                grown.part(),
                grown.filters(),
                parallelism,
                state,
                checkpoint,
                events,
                length,
                pace,
                warmUp,
                timeout,
                jvm,
                profile,
                home,
                folder.resolve(name));
    }

    Path block() {
        return folder.resolve("block");
    }

    Path run(Contender contender, int round) {
        return folder.resolve(contender.label() + "-" + round);
    }

    /** A run in this folder. */
    JobPlan job(Path run) {
        FeedRun read = new FeedRun(
                feed,
                block().toString(),
                events,
                length.toMillis(),
                pace,
                run.resolve("results").toString());
        return new JobPlan(
                read, part, filters, parallelism, state, checkpoint.toMillis(), run.toString(), home.toString());
    }
}
