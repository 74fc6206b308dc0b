package io.pipewright.bench.micro;

import java.util.Locale;

/** What {@link StageBenchmark} measures: the name of a file of {@code contender/micro}. */
public enum MeasuredStage {
    /** No stage: what the harness itself takes, to be subtracted from the others. */
    NONE,
    ADD,
    SELECT,
    FILTER,
    ROUTE,
    FLATTEN,
    DEDUPE,
    LATEST,
    TOP,
    WINDOW_TUMBLING,
    WINDOW_SLIDING,
    WINDOW_SESSION,
    ENRICH,
    JOIN,
    /** Without its server: the testkit answers in its place, at once. */
    LOOKUP,
    CEP_SEQUENCE,
    CEP_FLINK;

    /** The file's name without its ending; up to the first dash it is the type of the stage. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether customers' updates are its second input. */
    boolean hasCustomers() {
        return this == ENRICH || this == JOIN;
    }
}
