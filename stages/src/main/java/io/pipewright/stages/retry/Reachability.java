package io.pipewright.stages.retry;

import java.time.Duration;

/**
 * Keeps for how long nobody has answered. Times are of {@link System#nanoTime}, given in.
 *
 * <p>An attempt that nobody answered says something about the record only if others were answered meanwhile.
 */
final class Reachability {

    private long answers;
    private long silentSince;
    private boolean silent;

    /** A number that has changed if and only if there was an answer since. */
    long answers() {
        return answers;
    }

    /** The server answered something, be it a refusal. */
    void answered() {
        answers++;
        silent = false;
    }

    /** An attempt got no answer; gives for how long there has been none. */
    Duration silent(long now) {
        if (!silent) {
            silent = true;
            silentSince = now;
        }
        return Duration.ofNanos(now - silentSince);
    }
}
