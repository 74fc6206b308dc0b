package io.pipewright.spi.stage;

/** What becomes of a record that cannot be processed. */
public enum ErrorPolicy {
    /** It goes to the {@code .errors} port. */
    DEAD_LETTER,
    /** The job fails. */
    FAIL,
    /** It is dropped and counted. */
    DROP
}
