package io.pipewright.bench.feed;

/** 64 bits of a row's values; the sum over rows does not depend on their order. */
public final class RowHash {

    private long state = 0x9E3779B97F4A7C15L;

    private RowHash() {}

    /** What a count of a channel in a window adds. */
    public static long volume(CharSequence channel, long windowStart, long windowEnd, long volume) {
        return new RowHash().text(channel).number(windowStart).number(windowEnd).number(volume).state;
    }

    /** What an alert adds. */
    public static long alert(
            CharSequence customer,
            CharSequence channel,
            long timestamp,
            long failures,
            CharSequence type,
            CharSequence tier) {
        return new RowHash()
                .text(customer)
                .text(channel)
                .number(timestamp)
                .number(failures)
                .text(type)
                .text(tier)
                .state;
    }

    /** What an event adds that was too late for a stage. */
    public static long late(CharSequence stage, long eventTime) {
        return new RowHash().text(stage).number(eventTime).state;
    }

    /** What bytes add that are no event. */
    public static long malformed(byte[] raw) {
        RowHash hash = new RowHash().text("events");
        for (byte b : raw) {
            hash.number(b);
        }
        return hash.state;
    }

    /** What an event adds that lacks a field. */
    public static long incomplete(long eventTime) {
        return new RowHash().text("routing").number(eventTime).state;
    }

    /** What a row of a table adds that a sink wrote. */
    public static long row(
            CharSequence customer, long number, CharSequence channel, CharSequence status, long time, double seconds) {
        return new RowHash()
                .text(customer)
                .number(number)
                .text(channel)
                .text(status)
                .number(time)
                .number(Double.doubleToLongBits(seconds))
                .state;
    }

    /** What a message of a topic adds that a sink wrote. */
    public static long message(byte[] key, byte[] value) {
        return new RowHash().bytes(key).bytes(value).state;
    }

    private RowHash bytes(byte[] bytes) {
        for (byte b : bytes) {
            number(b);
        }
        return number(bytes.length);
    }

    private RowHash text(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            number(text.charAt(i));
        }
        return number(text.length());
    }

    /** Mixed as by the finalizer of MurmurHash3. */
    private RowHash number(long value) {
        long mixed = (state ^ value) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        state = mixed ^ (mixed >>> 29);
        return this;
    }
}
