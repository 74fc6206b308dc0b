package io.pipewright.flink.source;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The system's clock; it rings on one daemon thread, started when it is first needed. */
final class DaemonAlarm implements Alarm {

    private @Nullable ScheduledThreadPoolExecutor thread;
    private @Nullable ScheduledFuture<?> set;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void ringAt(long nanoTime, Runnable action) {
        if (set != null) {
            set.cancel(false);
        }
        if (thread == null) {
            thread = new ScheduledThreadPoolExecutor(1, DaemonAlarm::daemon);
            thread.setRemoveOnCancelPolicy(true);
        }
        set = thread.schedule(action, nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "source-pacing");
        thread.setDaemon(true);
        return thread;
    }
}
