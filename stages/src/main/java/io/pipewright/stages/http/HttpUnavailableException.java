package io.pipewright.stages.http;

/** Fails the job because a server has given no answer for too long. */
final class HttpUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HttpUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
