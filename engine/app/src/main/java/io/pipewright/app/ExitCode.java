package io.pipewright.app;

/** What a command's exit tells its caller. */
final class ExitCode {
    static final int FINE = 0;
    /** The pipeline has errors, or results differ from what was expected. */
    static final int FINDINGS = 1;
    /** Wrong flags, or a file that cannot be read. */
    static final int USAGE = 2;
    /** A check of the outside world failed. */
    static final int OUTSIDE = 3;
    /** Our own fault. */
    static final int INTERNAL = 4;

    private ExitCode() {}
}
