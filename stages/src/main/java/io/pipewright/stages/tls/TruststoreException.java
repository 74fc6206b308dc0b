package io.pipewright.stages.tls;

import org.jspecify.annotations.Nullable;

/** The trusted certificates cannot be had on the machine that connects. Its message is made of two sentences for users. */
public final class TruststoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String problem;
    private final String action;

    TruststoreException(String problem, String action, @Nullable Throwable cause) {
        super(problem + " " + action, cause);
        this.problem = problem;
        this.action = action;
    }

    /** What is wrong, as one sentence. */
    public String problem() {
        return problem;
    }

    /** What to do about it, as one sentence. */
    public String action() {
        return action;
    }
}
