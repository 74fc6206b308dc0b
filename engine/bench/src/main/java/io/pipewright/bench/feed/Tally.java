package io.pipewright.bench.feed;

/**
 * How many rows there were, and the sum of their {@link RowHash}es.
 *
 * @param checksum as hexadecimal text, for JSON has no number of 64 bits
 */
public record Tally(long rows, String checksum) {

    /** Of no rows. */
    public static final Tally NONE = of(0, 0);

    public static Tally of(long rows, long sum) {
        return new Tally(rows, Long.toHexString(sum));
    }

    /** Of the rows of both. */
    public Tally plus(Tally other) {
        return of(rows + other.rows, sum() + other.sum());
    }

    private long sum() {
        return Long.parseUnsignedLong(checksum, 16);
    }
}
