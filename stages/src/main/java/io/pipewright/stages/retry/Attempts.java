package io.pipewright.stages.retry;

/** What became of the attempts at one thing that a server is asked for; touched by the task's thread alone. */
public final class Attempts {

    /** Those that count against it. */
    int counted;

    /** All that failed. */
    int failed;

    /** {@link Reachability#answers} when the current one began. */
    long answersBefore;
}
