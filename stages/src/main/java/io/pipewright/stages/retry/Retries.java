package io.pipewright.stages.retry;

import java.time.Duration;
import java.util.Random;

/**
 * Says what comes after an attempt that failed. One instance sees all attempts of a subtask: that nobody has answered one
 * says something of it only if others were answered meanwhile.
 */
public final class Retries {

    private final RetryRules rules;
    private final Backoff backoff;
    private final Reachability reachability = new Reachability();

    public Retries(RetryRules rules) {
        this.rules = rules;
        this.backoff = new Backoff(rules.backoff(), rules.maxBackoff(), new Random());
    }

    /** What comes next. */
    public sealed interface Next {}

    /** Another attempt after a wait. */
    public record Again(Duration pause) implements Next {}

    /** Nothing: so many attempts that count have failed. */
    public record Enough(int attempts) implements Next {}

    /** The failure of the job: for so long nobody has answered anything. */
    public record Unreachable(Duration silent) implements Next {}

    /** An attempt begins. */
    public void begin(Attempts attempts) {
        attempts.answersBefore = reachability.answers();
    }

    /** The server has answered for good, be it with a refusal. */
    public void answered() {
        reachability.answered();
    }

    /**
     * The server has answered that it cannot now, which counts.
     *
     * @param asked how long it wants to be left alone; heeded up to the longest wait
     */
    public Next busy(Attempts attempts, Duration asked) {
        reachability.answered();
        attempts.counted++;
        return next(attempts, asked);
    }

    /** Nobody has answered. */
    public Next unanswered(Attempts attempts) {
        if (reachability.answers() != attempts.answersBefore) {
            attempts.counted++;
        }
        Duration silent = reachability.silent(System.nanoTime());
        return silent.compareTo(rules.unreachableFor()) >= 0 ? new Unreachable(silent) : next(attempts, Duration.ZERO);
    }

    private Next next(Attempts attempts, Duration asked) {
        attempts.failed++;
        if (attempts.counted >= rules.maxAttempts()) {
            return new Enough(attempts.counted);
        }
        Duration own = waitAfter(attempts.failed);
        Duration wait = asked.compareTo(own) > 0 ? asked : own;
        return new Again(wait.compareTo(rules.maxBackoff()) > 0 ? rules.maxBackoff() : wait);
    }

    /** How long to wait after so many failures. */
    public Duration waitAfter(int failed) {
        return Duration.ofMillis(backoff.millisAfter(failed));
    }
}
