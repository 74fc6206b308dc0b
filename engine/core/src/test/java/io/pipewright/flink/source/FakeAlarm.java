package io.pipewright.flink.source;

/** A clock that a test moves; it rings while it is moved. */
final class FakeAlarm implements Alarm {

    private long now;
    private long setFor = Long.MAX_VALUE;
    private Runnable action = () -> {};

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void ringAt(long nanoTime, Runnable toRun) {
        setFor = nanoTime;
        action = toRun;
    }

    @Override
    public void close() {}

    void advanceMillis(long millis) {
        advanceNanos(millis * 1_000_000);
    }

    void advanceNanos(long nanos) {
        now += nanos;
        if (setFor <= now) {
            setFor = Long.MAX_VALUE;
            action.run();
        }
    }

    /** Moves to the time for which it is set, and rings. */
    void advanceToRing() {
        advanceNanos(Math.max(0, setFor - now));
    }

    boolean isSet() {
        return setFor != Long.MAX_VALUE;
    }
}
