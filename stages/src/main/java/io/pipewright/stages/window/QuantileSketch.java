package io.pipewright.stages.window;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How many values there are in each of many bins, so narrow that the middle of a bin is within 1 % of every value in it (Ch. Masson,
 * J. E. Rim, H. K. Lee, "DDSketch", VLDB 2019). Infinite values, those nearer to zero than any normal number, and those that
 * are no number have bins of their own. There are 115 bins to a power of ten.
 *
 * <p>A sketch is a byte array that is never changed: the version of what follows, then for each bin that holds something its number,
 * four bytes, in the order of the values, and the count, eight bytes. All of it is big-endian.
 */
final class QuantileSketch {

    /** By how much a result may differ from the exact value, as a share of it. */
    static final double ERROR = 0.01;

    static final byte VERSION = 1;

    /** Of no value. */
    static final byte[] EMPTY = {VERSION};

    private static final double GAMMA = (1 + ERROR) / (1 - ERROR);
    private static final double LOG_GAMMA = Math.log(GAMMA);

    /** What makes the bin of every positive number positive; those of negative numbers are their opposites, zero has 0. */
    private static final int MIDDLE = 40_000;

    private static final int INFINITE = 100_000;
    private static final int NO_NUMBER = INFINITE + 1;
    private static final int BIN_BYTES = Integer.BYTES + Long.BYTES;

    private QuantileSketch() {}

    static byte[] add(byte[] sketch, double value) {
        int bin = bin(value);
        int place = place(sketch, bin);
        boolean known = place < sketch.length && binAt(sketch, place) == bin;
        if (known) {
            byte[] more = sketch.clone();
            ByteBuffer.wrap(more).putLong(place + Integer.BYTES, countAt(sketch, place) + 1);
            return more;
        }
        return ByteBuffer.allocate(sketch.length + BIN_BYTES)
                .put(sketch, 0, place)
                .putInt(bin)
                .putLong(1)
                .put(sketch, place, sketch.length - place)
                .array();
    }

    static byte[] merge(byte[] sketch, byte[] other) {
        ByteBuffer all = ByteBuffer.allocate(sketch.length + other.length).put(VERSION);
        int own = start(sketch);
        int added = start(other);
        while (own < sketch.length || added < other.length) {
            int bin = Math.min(
                    own < sketch.length ? binAt(sketch, own) : Integer.MAX_VALUE,
                    added < other.length ? binAt(other, added) : Integer.MAX_VALUE);
            long count = 0;
            if (own < sketch.length && binAt(sketch, own) == bin) {
                count += countAt(sketch, own);
                own += BIN_BYTES;
            }
            if (added < other.length && binAt(other, added) == bin) {
                count += countAt(other, added);
                added += BIN_BYTES;
            }
            all.putInt(bin).putLong(count);
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    /**
     * About the least value that is not exceeded by the given share of all.
     *
     * @param sketch of at least one value
     * @param share above 0 and at most 1
     */
    static double value(byte[] sketch, BigDecimal share) {
        long all = 0;
        for (int place = start(sketch); place < sketch.length; place += BIN_BYTES) {
            all += countAt(sketch, place);
        }
        long rank = share.multiply(BigDecimal.valueOf(all))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        int place = start(sketch);
        for (long below = countAt(sketch, place); below < rank; below += countAt(sketch, place)) {
            place += BIN_BYTES;
        }
        return middle(binAt(sketch, place));
    }

    private static int bin(double value) {
        if (Double.isNaN(value)) {
            return NO_NUMBER;
        }
        double size = Math.abs(value);
        if (size < Double.MIN_NORMAL) {
            return 0;
        }
        int bin = Double.isInfinite(size) ? INFINITE : MIDDLE + (int) Math.ceil(Math.log(size) / LOG_GAMMA);
        return value < 0 ? -bin : bin;
    }

    private static double middle(int bin) {
        if (bin == 0) {
            return 0;
        }
        if (bin == NO_NUMBER) {
            return Double.NaN;
        }
        int above = Math.abs(bin);
        double size = above == INFINITE
                ? Double.POSITIVE_INFINITY
                : Math.min(Double.MAX_VALUE, 2 / (GAMMA + 1) * Math.exp((above - MIDDLE) * LOG_GAMMA));
        return bin < 0 ? -size : size;
    }

    /** Where the bin is, or that of the next one. */
    private static int place(byte[] sketch, int bin) {
        int from = 0;
        int to = (sketch.length - start(sketch)) / BIN_BYTES;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (binAt(sketch, 1 + middle * BIN_BYTES) < bin) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return 1 + from * BIN_BYTES;
    }

    private static int start(byte[] sketch) {
        if (sketch[0] != VERSION) {
            throw new IllegalStateException("A sketch of version " + sketch[0] + " cannot be read.");
        }
        return 1;
    }

    private static int binAt(byte[] sketch, int place) {
        return ByteBuffer.wrap(sketch).getInt(place);
    }

    private static long countAt(byte[] sketch, int place) {
        return ByteBuffer.wrap(sketch).getLong(place + Integer.BYTES);
    }
}
