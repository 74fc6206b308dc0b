package io.pipewright.bench;

import io.pipewright.bench.contender.JobPlan;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a measured job runs, and how long. */
final class JobOptions {

    private final long defaultEvents;
    private final long defaultSeconds;

    @Option(names = "--parallelism", paramLabel = "N", description = "Subtasks (${DEFAULT-VALUE}).")
    int parallelism = 2;

    @Option(names = "--state", paramLabel = "BACKEND", description = "heap or rocksdb (${DEFAULT-VALUE}).")
    JobPlan.State state = JobPlan.State.HEAP;

    @Option(
            names = "--checkpoint",
            paramLabel = "SECONDS",
            description = "The time between checkpoints (${DEFAULT-VALUE}).")
    private int checkpoint = 10;

    @Option(names = "--events", paramLabel = "N", description = "How many events a run has.")
    private long events;

    @Option(names = "--seconds", paramLabel = "N", description = "How long a run is, in place of --events.")
    private long seconds;

    /** With so many events or seconds for a run if nothing else is given; the other is 0. */
    JobOptions(long defaultEvents, long defaultSeconds) {
        this.defaultEvents = defaultEvents;
        this.defaultSeconds = defaultSeconds;
    }

    /** Refuses what cannot be, as wrong usage. */
    void check(MeasureOptions measure) {
        measure.check(parallelism >= 1 && parallelism <= 128, "`--parallelism` is between 1 and 128.");
        measure.check(checkpoint >= 1, "`--checkpoint` is a second or more.");
        measure.check(events >= 0 && seconds >= 0, "A number of events or seconds is not negative.");
        measure.check(
                events == 0 || seconds == 0, "A run ends after `--events` or after `--seconds`: give one of them.");
    }

    Duration checkpoint() {
        return Duration.ofSeconds(checkpoint);
    }

    /** Of a run; {@link Long#MAX_VALUE} if its length says when it ends. */
    long events() {
        return !length().isZero() ? Long.MAX_VALUE : events > 0 ? events : defaultEvents;
    }

    /** Of a run; zero if a number of events says when it ends. */
    Duration length() {
        return Duration.ofSeconds(seconds > 0 || events > 0 ? seconds : defaultSeconds);
    }
}
