package io.pipewright.flink;

import org.jspecify.annotations.Nullable;

/** A job could not be started, or ended by a failure. Its message is a sentence for the operator. */
public final class JobFailure extends Exception {

    private static final long serialVersionUID = 1L;

    JobFailure(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** What happened, and what to do where we know it. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
