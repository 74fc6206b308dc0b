package io.pipewright.flink.source;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The one future by which a reader says that it is worth polling again, whatever the reason: data, time, or an event.
 *
 * <p>All methods but {@link #ring} belong to the task's thread. One future is handed out until it is completed, because
 * Flink listens to the first one alone.
 */
final class WakeUp implements AutoCloseable {

    private final Alarm alarm;
    private volatile CompletableFuture<Void> future = CompletableFuture.completedFuture(null);
    private @Nullable CompletableFuture<?> listenedTo;
    private volatile long setFor = Long.MAX_VALUE;

    WakeUp(Alarm alarm) {
        this.alarm = alarm;
    }

    /** The future to hand out, not complete unless something has rung meanwhile. */
    CompletableFuture<Void> future() {
        if (future.isDone()) {
            future = new CompletableFuture<>();
        }
        return future;
    }

    /** Rings when {@code other} completes; to be called after {@link #future}. */
    void listenTo(CompletableFuture<?> other) {
        if (listenedTo != other) {
            listenedTo = other;
            other.whenComplete((value, failure) -> ring());
        } else if (other.isDone()) {
            ring();
        }
    }

    /** Rings at that time, or earlier if an earlier alarm is still set; never for {@link Long#MAX_VALUE}. */
    void at(long nanoTime) {
        if (nanoTime == Long.MAX_VALUE || (setFor <= nanoTime && setFor > alarm.nanoTime())) {
            return;
        }
        setFor = nanoTime;
        alarm.ringAt(nanoTime, this::ring);
    }

    void ring() {
        future.complete(null);
    }

    @Override
    public void close() {
        alarm.close();
    }
}
