package io.pipewright.bench.contender;

import io.pipewright.bench.feed.ResultKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Who takes part. */
public enum Contender {
    PIPEWRIGHT("pipelines/cxone.yaml on this engine", ResultKind.values(), PipewrightJob::new),
    EXPERT("a hand-written DataStream job with Flink CEP", ResultKind.values(), ExpertJob::new),
    TUTORIAL("the tutorial's job, its faults corrected", ResultKind.values(), TutorialJob::new),
    SQL(
            "Flink SQL with MATCH_RECOGNIZE",
            new ResultKind[] {ResultKind.VOLUMES, ResultKind.ALERTS, ResultKind.DEAD_LETTERS},
            SqlJob::new),
    FLOOR("source and parse alone, with this engine's decoder", ResultKind.values(), FloorJob::new);

    private final String description;
    private final Set<ResultKind> results;
    private final Supplier<ContenderJob> job;

    Contender(String description, ResultKind[] results, Supplier<ContenderJob> job) {
        this.description = description;
        this.results = Set.of(results);
        this.job = job;
    }

    /** As options and reports write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String description() {
        return description;
    }

    /** What of its results can be compared with the oracle. */
    public Set<ResultKind> results() {
        return results;
    }

    public ContenderJob job() {
        return job.get();
    }

    /** All labels, for messages. */
    public static String labels() {
        return Arrays.stream(values()).map(Contender::label).collect(Collectors.joining(", "));
    }
}
