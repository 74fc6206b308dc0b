package io.pipewright.testkit;

/** An operator of a job under test threw; the cause is what it threw. The job cannot be used any further. */
public final class OperatorFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OperatorFailedException(String operator, Throwable cause) {
        super("Operator `" + operator + "` failed: " + cause.getMessage(), cause);
    }
}
