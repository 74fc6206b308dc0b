package io.pipewright.stages.lookup;

/** Fails the job because a server has given no answer for too long. */
final class LookupUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LookupUnavailableException(String message) {
        super(message);
    }
}
