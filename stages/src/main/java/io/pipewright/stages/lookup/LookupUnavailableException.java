package io.pipewright.stages.lookup;

import org.jspecify.annotations.Nullable;

/** Fails the job because a server cannot be asked, or has given no answer for too long. */
final class LookupUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LookupUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
