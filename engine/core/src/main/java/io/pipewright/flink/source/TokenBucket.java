package io.pipewright.flink.source;

/**
 * How many records one reader may emit: tokens that come at a steady rate, at most {@link #BURST_NANOS} worth of them
 * (but one at least). Empty at the start. Time is passed in; used by one thread.
 *
 * <p>In any 10 s it gives out at most the rate's 10 s worth and one full bucket, which is 0.9 % more.
 */
final class TokenBucket {

    /** How much time's worth of tokens may pile up: it makes good the pauses of a thread that are shorter. */
    static final long BURST_NANOS = 90_000_000L;

    /** For how much time's worth of tokens one waits, so that a fast reader is not woken for each. */
    private static final long BATCH_NANOS = 10_000_000L;

    /** One reading of the clock serves so much time's worth of records. */
    private static final long TAKE_NANOS = 1_000_000L;

    private static final double ROUNDING = 1e-9;

    private double perNano;
    private double capacity;
    private double tokens;
    private long filledAt;

    TokenBucket(long now) {
        filledAt = now;
    }

    /** Changes the rate; tokens that are there stay, as far as they fit. */
    void rate(double perSecond, long now) {
        fill(now);
        perNano = perSecond / 1e9;
        capacity = perSecond > 0 ? Math.max(1, perNano * BURST_NANOS) : 0;
        tokens = Math.min(tokens, capacity);
    }

    /** Takes a small batch of tokens: 0 if there is none, else one or more. */
    long take(long now) {
        fill(now);
        long whole = (long) (tokens + ROUNDING);
        long batch = Math.min(whole, Math.max(1, (long) (perNano * TAKE_NANOS)));
        tokens -= batch;
        return batch;
    }

    /** When it is worth asking again, on the clock of {@code now}; {@link Long#MAX_VALUE} for never at this rate. */
    long readyAt(long now) {
        if (perNano <= 0) {
            return Long.MAX_VALUE;
        }
        fill(now);
        double wanted = Math.max(1, Math.min(perNano * BATCH_NANOS, capacity / 2));
        return now + Math.max(0, (long) Math.ceil((wanted - tokens) / perNano));
    }

    private void fill(long now) {
        tokens = Math.min(capacity, tokens + Math.max(0, now - filledAt) * perNano);
        filledAt = now;
    }
}
