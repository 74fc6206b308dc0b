package io.pipewright.app;

import io.pipewright.diagnostic.VisibleText;

/** A command cannot go on; its message is all that the user sees. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /** A failure whose message says what is wrong and what to do; it is shown as {@link VisibleText}. */
    CommandFailure(int exitCode, String message) {
        super(VisibleText.lines(message), null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
