package io.pipewright.sandbox;

import org.jspecify.annotations.Nullable;

/**
 * Says why a server of the sandbox, or a talk with one, failed; the message ends with what to do or with the end of the
 * server's log.
 */
public final class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For a failure that has no other exception behind it. */
    public SandboxException(String message) {
        super(message);
    }

    /** Keeps the cause. */
    public SandboxException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
