package io.pipewright.stages.cep;

import io.pipewright.spi.record.RecordKey;

/**
 * Says of most keys that are not there that they are not, without looking at any key: it counts them by some bits of their
 * hash, in little enough memory to stay in the processor's cache.
 */
final class KeySketch {

    private static final int SLOTS = 1 << 16;

    /** A count that is not kept any more: so many keys are never taken out again. */
    private static final byte FULL = -1;

    /** Each without a sign. */
    private final byte[] counts = new byte[SLOTS];

    /** Counts a key once more. */
    void add(RecordKey key) {
        int slot = slot(key);
        if (counts[slot] != FULL) {
            counts[slot]++;
        }
    }

    /** Counts a key, which was added, once less. */
    void remove(RecordKey key) {
        int slot = slot(key);
        if (counts[slot] != FULL) {
            counts[slot]--;
        }
    }

    /** Whether the key may have been added; not if this is false. */
    boolean mayHave(RecordKey key) {
        return counts[slot(key)] != 0;
    }

    private static int slot(RecordKey key) {
        return key.hashCode() & SLOTS - 1;
    }
}
