package io.pipewright.stages.http;

import org.jspecify.annotations.Nullable;

/** Fails the job because a server has given no answer for too long, or accepts no login. */
final class HttpUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HttpUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
