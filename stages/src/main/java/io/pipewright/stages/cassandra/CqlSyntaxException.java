package io.pipewright.stages.cassandra;

/** A place in CQL text where something else was expected; it becomes a {@link CqlProblem}. */
final class CqlSyntaxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient CqlProblem problem;

    CqlSyntaxException(int line, String message, String hint) {
        super(message, null, false, false);
        this.problem = new CqlProblem(line, message, hint);
    }

    CqlProblem problem() {
        return problem;
    }
}
