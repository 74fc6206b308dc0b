package io.pipewright.stages.cassandra;

import org.jspecify.annotations.Nullable;

/** Cassandra cannot be used at all: it does not answer, or is not the one that is meant. */
final class CassandraUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String action;

    /**
     * @param problem a sentence that names the servers
     * @param action the next action, a sentence
     */
    CassandraUnavailableException(String problem, String action, @Nullable Throwable cause) {
        super(problem + " " + action, cause);
        this.problem = problem;
        this.action = action;
    }

    String problem() {
        return problem;
    }

    String action() {
        return action;
    }
}
