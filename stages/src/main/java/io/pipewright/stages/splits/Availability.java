package io.pipewright.stages.splits;

import java.util.concurrent.CompletableFuture;
import org.apache.flink.core.io.InputStatus;

/** Tells Flink when a reader that had nothing may have something. For the task's thread alone. */
public final class Availability {

    private CompletableFuture<Void> available = new CompletableFuture<>();

    /** Done when there may be something. */
    public CompletableFuture<Void> future() {
        return available;
    }

    /** There may be something now. */
    public void ring() {
        available.complete(null);
    }

    /** What a poll answers when there is nothing until the next {@link #ring}. */
    public InputStatus nothing() {
        if (available.isDone()) {
            available = new CompletableFuture<>();
        }
        return InputStatus.NOTHING_AVAILABLE;
    }
}
