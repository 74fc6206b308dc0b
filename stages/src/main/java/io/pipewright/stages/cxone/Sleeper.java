package io.pipewright.stages.cxone;

import java.time.Duration;

/** Waits between two attempts; passed in, so that tests need not. */
@FunctionalInterface
public interface Sleeper {

    /** Lets the calling thread sleep. */
    Sleeper THREAD = duration -> Thread.sleep(duration.toMillis());

    /** Returns after the duration, or throws when the thread is interrupted before. */
    void sleep(Duration duration) throws InterruptedException;
}
