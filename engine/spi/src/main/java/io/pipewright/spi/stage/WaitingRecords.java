package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an {@link EventTimeBuffer} that stands on the heap: flat arrays, so that a record costs no object but its own.
 *
 * <p>What is due is selected and ordered, then taken position by position. The arrays come in blocks, which go as they empty:
 * nothing is moved up, and what refers to records stays young, so that the collector keeps no account of it.
 */
final class WaitingRecords {

    private static final int BLOCK_BITS = 10;
    private static final int BLOCK = 1 << BLOCK_BITS;

    /** How many times the room that is needed the blocks may have, before what waits is packed together. */
    private static final int SLACK = 4;

    private @Nullable Block[] blocks = new Block[4];
    private int count;
    private long[] order = {};
    private int size;
    private boolean byArrival = true;

    /** As many records as were added one after the other. */
    private static final class Block {

        private final long[] times = new long[BLOCK];
        private final long[] arrivals = new long[BLOCK];
        private final byte[] channels = new byte[BLOCK];
        private final @Nullable RecordKey[] keys = new RecordKey[BLOCK];
        private final @Nullable DataRecord[] records = new DataRecord[BLOCK];
        private int filled;
        private int waiting;

        /** Of those that were not selected. */
        private long earliest = Long.MAX_VALUE;
    }

    /** How many wait. */
    int size() {
        return size;
    }

    /** Adds a record; positions stand in the order of arrival, unless {@link #arrivalsAreMixed} was said. */
    void add(int channel, long time, long arrival, RecordKey key, DataRecord record) {
        Block block = count == 0 ? null : blocks[count - 1];
        if (block == null || block.filled == BLOCK) {
            block = addBlock();
        }
        int place = block.filled++;
        block.times[place] = time;
        block.arrivals[place] = arrival;
        block.channels[place] = (byte) channel;
        block.keys[place] = key;
        block.records[place] = record;
        block.waiting++;
        size++;
        if (time < block.earliest) {
            block.earliest = time;
        }
    }

    private Block addBlock() {
        if (count == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * count);
        }
        Block block = new Block();
        blocks[count++] = block;
        return block;
    }

    private Block block(int position) {
        Block block = blocks[position >> BLOCK_BITS];
        if (block == null) {
            throw new IllegalStateException("There is no such position.");
        }
        return block;
    }

    private static int place(int position) {
        return position & BLOCK - 1;
    }

    /** Records were added that had arrived before others here: all are put in order before the next selection. */
    void arrivalsAreMixed() {
        byArrival = false;
    }

    /** Selects what is not after this time, and returns how many that are; {@link #due} then tells them in order. */
    int select(long time) {
        if (!byArrival) {
            pack();
        }
        if (order.length < size) {
            order = new long[Math.max(size, 2 * order.length)];
        }
        int selected = 0;
        for (int i = 0; i < count; i++) {
            Block block = block(i << BLOCK_BITS);
            if (block.earliest <= time) {
                selected = select(time, block, i << BLOCK_BITS, selected);
            }
        }
        sort(selected, true);
        return selected;
    }

    private int select(long time, Block block, int first, int before) {
        int selected = before;
        long earliest = Long.MAX_VALUE;
        for (int place = 0; place < block.filled; place++) {
            long its = block.times[place];
            if (its > time) {
                earliest = Math.min(earliest, its);
            } else if (block.records[place] != null) {
                order[selected++] = first + place;
            }
        }
        block.earliest = earliest;
        return selected;
    }

    /** The position of the record that is due as this one, from 0, in the order of time, channel and arrival. */
    int due(int place) {
        return (int) order[place];
    }

    /**
     * Looks at the records that are due at these places, the last one excluded. What has waited has left the processor's
     * caches, and to ask for many records at once takes little longer than to ask for one.
     *
     * @return a number that means nothing
     */
    int fetch(int from, int to) {
        int sum = 0;
        for (int due = from; due < to; due++) {
            Block block = block(due(due));
            RecordKey key = block.keys[place(due(due))];
            DataRecord record = block.records[place(due(due))];
            if (key != null && record != null) {
                sum += record.size() + key.hashCode();
                if (key.size() > 0 && key.get(0) instanceof String text) {
                    sum += text.length();
                }
            }
        }
        return sum;
    }

    long time(int position) {
        return block(position).times[place(position)];
    }

    int channel(int position) {
        return block(position).channels[place(position)];
    }

    long arrival(int position) {
        return block(position).arrivals[place(position)];
    }

    /** The record's key; only of a record that was not taken. */
    RecordKey key(int position) {
        RecordKey key = block(position).keys[place(position)];
        if (key == null) {
            throw new IllegalStateException("The record was taken.");
        }
        return key;
    }

    /** The record, or null if it was taken, or none was ever there. */
    @Nullable
    DataRecord record(int position) {
        return block(position).records[place(position)];
    }

    /** Frees a position. */
    void take(int position) {
        Block block = block(position);
        block.keys[place(position)] = null;
        block.records[place(position)] = null;
        block.waiting--;
        size--;
    }

    /** All that was selected has been taken: gives up the blocks in which nothing waits. Positions are others afterwards. */
    void closeUp() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            Block block = block(i << BLOCK_BITS);
            if (block.waiting > 0) {
                blocks[kept++] = block;
            }
        }
        Arrays.fill(blocks, kept, count, null);
        count = kept;
        if (count > SLACK * (size / BLOCK + 1)) {
            pack();
        }
    }

    /** The end of all positions, which are in the order of arrival; {@link #record} tells in which of them one waits. */
    int inOrderOfArrival() {
        if (!byArrival) {
            pack();
        }
        return count << BLOCK_BITS;
    }

    /** Puts what waits into blocks of its own, in the order of arrival. */
    private void pack() {
        order = new long[Math.max(size, order.length)];
        int found = 0;
        for (int position = 0; position < count << BLOCK_BITS; position++) {
            if (record(position) != null) {
                order[found++] = position;
            }
        }
        sort(found, false);
        @Nullable Block[] before = blocks;
        blocks = new Block[before.length];
        count = 0;
        size = 0;
        for (int i = 0; i < found; i++) {
            Block block = before[due(i) >> BLOCK_BITS];
            int place = place(due(i));
            DataRecord record = block == null ? null : block.records[place];
            RecordKey key = block == null ? null : block.keys[place];
            if (block != null && record != null && key != null) {
                add(block.channels[place], block.times[place], block.arrivals[place], key, record);
            }
        }
        byArrival = true;
    }

    /**
     * Sorts the first positions in {@link #order} by time, then by channel, then by position; or by arrival. Value, channel
     * and position share one long where they fit, as they do unless values are centuries apart; sorting longs that nearly
     * are in order, as records of one stream are, takes little more than reading them.
     */
    private void sort(int sorted, boolean byTime) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < sorted; i++) {
            long value = byTime ? time(due(i)) : arrival(due(i));
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        int positionBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, count << BLOCK_BITS));
        int channelBits = byTime ? Byte.SIZE - 1 : 0;
        long span = greatest - least;
        if (span < 0 || span >>> (Long.SIZE - 1 - positionBits - channelBits) != 0) {
            sortApart(sorted, byTime);
            return;
        }
        for (int i = 0; i < sorted; i++) {
            int position = due(i);
            long key = byTime ? (time(position) - least) << channelBits | channel(position) : arrival(position) - least;
            order[i] = key << positionBits | position;
        }
        Arrays.sort(order, 0, sorted);
        long mask = (1L << positionBits) - 1;
        for (int i = 0; i < sorted; i++) {
            order[i] &= mask;
        }
    }

    private void sortApart(int sorted, boolean byTime) {
        List<Integer> positions = new ArrayList<>(sorted);
        for (int i = 0; i < sorted; i++) {
            positions.add(due(i));
        }
        positions.sort(
                byTime
                        ? Comparator.<Integer>comparingLong(this::time).thenComparingInt(this::channel)
                        : Comparator.comparingLong(this::arrival));
        for (int i = 0; i < sorted; i++) {
            order[i] = positions.get(i);
        }
    }
}
