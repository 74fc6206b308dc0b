package io.pipewright.bench.feed;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The events of one pass in the order in which they are sent: their bytes, and what they say for the oracle.
 *
 * <p>Columns in arrays, not objects: a block has a million events, and the oracle goes over it many times.
 */
final class EventBlock {

    /** What an event is. */
    enum Kind {
        /** Counted, and by its customer and status part of the pattern. */
        INTERACTION,
        /** Counted, but without a customer. */
        ANONYMOUS,
        /** A customer's tier and region. */
        UPDATE,
        /** An interaction that comes when its window is long over. */
        LATE,
        /** No JSON. */
        MALFORMED,
        /** An interaction without a channel. */
        INCOMPLETE
    }

    private static final Kind[] KINDS = Kind.values();

    final FeedSpec spec;
    final byte[] bytes;
    final int[] offset;
    final short[] idAt;
    final short[] customerAt;
    final short[] timeAt;
    final byte[] kind;
    final int[] customer;
    final int[] channel;
    final byte[] status;
    final byte[] tier;

    /** Milliseconds since the start of the pass; of a late event negative. */
    final int[] time;

    EventBlock(FeedSpec spec, byte[] bytes, int size) {
        this.spec = spec;
        this.bytes = bytes;
        this.offset = new int[size + 1];
        this.idAt = new short[size];
        this.customerAt = new short[size];
        this.timeAt = new short[size];
        this.kind = new byte[size];
        this.customer = new int[size];
        this.channel = new int[size];
        this.status = new byte[size];
        this.tier = new byte[size];
        this.time = new int[size];
    }

    int size() {
        return time.length;
    }

    Kind kind(int event) {
        return KINDS[kind[event]];
    }

    int length(int event) {
        return offset[event + 1] - offset[event];
    }

    /** The bytes of an event as they are sent in a pass. */
    byte[] line(int event, long pass) {
        byte[] line = Arrays.copyOfRange(bytes, offset[event], offset[event + 1]);
        Digits.put(line, idAt[event], Digits.ID, pass * size() + event);
        if (customerAt[event] >= 0) {
            Digits.put(line, customerAt[event], Digits.CUSTOMER, spec.customer(customer[event], pass));
        }
        Digits.put(line, timeAt[event], Digits.TIME, spec.passStart(pass) + time[event]);
        return line;
    }

    /** Which events are updates: in an opening the customers have one after the other, round and round. */
    int[] updates() {
        return IntStream.range(0, size())
                .filter(event -> kind(event) == Kind.UPDATE)
                .toArray();
    }

    /** The events in the order of their time, those of equal time as they come. */
    int[] byTime() {
        long[] keys = new long[size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ((long) time[i] << 32) | i;
        }
        Arrays.sort(keys);
        int[] order = new int[keys.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) keys[i];
        }
        return order;
    }
}
