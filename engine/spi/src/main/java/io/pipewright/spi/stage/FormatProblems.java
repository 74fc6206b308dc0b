package io.pipewright.spi.stage;

/** Where a format reports what it cannot do. */
@FunctionalInterface
public interface FormatProblems {

    /**
     * Reports an error at an option of the format.
     *
     * @param option its name, or empty for the format as a whole; {@code record} is one of a source's format
     * @param message a sentence with the author's words in back-ticks
     * @param hint the next action
     */
    void error(String option, String message, String hint);
}
