package io.pipewright.bench.feed;

/** What a job puts out. */
public enum ResultKind {
    /** A channel's count in a window. */
    VOLUMES,
    /** A customer's failures and callback. */
    ALERTS,
    /** An event that came too late for a stage. */
    LATE,
    /** What could not be processed. */
    DEAD_LETTERS,
    /** Every record that was read, where nothing else is done with it; their hashes are 0. */
    RECORDS
}
