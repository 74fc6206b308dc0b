package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.record.RecordKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an {@link EventTimeBuffer} that stands on the heap: flat arrays that only grow, so that a record costs no
 * object but its own.
 *
 * <p>What is due is selected and ordered, then taken position by position; taken positions are closed up afterwards.
 */
final class WaitingRecords {

    private static final int FIRST_SIZE = 256;

    private long[] times = new long[FIRST_SIZE];
    private long[] arrivals = new long[FIRST_SIZE];
    private byte[] channels = new byte[FIRST_SIZE];
    private @Nullable RecordKey[] keys = new RecordKey[FIRST_SIZE];
    private @Nullable DataRecord[] records = new DataRecord[FIRST_SIZE];
    private long[] order = new long[FIRST_SIZE];
    private int size;
    private int taken;
    private long earliest = Long.MAX_VALUE;
    private boolean byArrival = true;

    /** How many wait. */
    int size() {
        return size - taken;
    }

    /** Adds a record; positions stand in the order of arrival, unless {@link #arrivalsAreMixed} was said. */
    void add(int channel, long time, long arrival, RecordKey key, DataRecord record) {
        if (size == times.length) {
            grow();
        }
        times[size] = time;
        arrivals[size] = arrival;
        channels[size] = (byte) channel;
        keys[size] = key;
        records[size] = record;
        size++;
        if (time < earliest) {
            earliest = time;
        }
    }

    private void grow() {
        int larger = 2 * size;
        times = Arrays.copyOf(times, larger);
        arrivals = Arrays.copyOf(arrivals, larger);
        channels = Arrays.copyOf(channels, larger);
        keys = Arrays.copyOf(keys, larger);
        records = Arrays.copyOf(records, larger);
    }

    /** Records were added that had arrived before others here: all are put in order before the next selection. */
    void arrivalsAreMixed() {
        byArrival = false;
    }

    /** Selects what is not after this time, and returns how many that are; {@link #due} then tells them in order. */
    int select(long time) {
        if (time < earliest) {
            return 0;
        }
        if (!byArrival) {
            putInOrderOfArrival();
        }
        if (order.length < size) {
            order = new long[times.length];
        }
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (times[i] <= time) {
                order[count++] = i;
            }
        }
        sort(count, times, true);
        return count;
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
        for (int place = from; place < to; place++) {
            RecordKey key = keys[due(place)];
            DataRecord record = records[due(place)];
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
        return times[position];
    }

    int channel(int position) {
        return channels[position];
    }

    long arrival(int position) {
        return arrivals[position];
    }

    /** The record's key; only of a record that was not taken. */
    RecordKey key(int position) {
        RecordKey key = keys[position];
        if (key == null) {
            throw new IllegalStateException("The record was taken.");
        }
        return key;
    }

    /** The record, or null if it was taken. */
    @Nullable
    DataRecord record(int position) {
        return records[position];
    }

    /** Frees a position. */
    void take(int position) {
        keys[position] = null;
        records[position] = null;
        taken++;
    }

    /** Closes up the positions that were taken; the others keep their order. */
    void closeUp() {
        int kept = 0;
        long first = Long.MAX_VALUE;
        if (taken < size) {
            for (int i = 0; i < size; i++) {
                if (records[i] != null) {
                    move(i, kept++);
                    first = Math.min(first, times[i]);
                }
            }
            Arrays.fill(keys, kept, size, null);
            Arrays.fill(records, kept, size, null);
        }
        size = kept;
        taken = 0;
        earliest = first;
    }

    private void move(int from, int to) {
        if (from != to) {
            times[to] = times[from];
            arrivals[to] = arrivals[from];
            channels[to] = channels[from];
            keys[to] = keys[from];
            records[to] = records[from];
        }
    }

    /** All positions in the order of arrival; nothing is taken. */
    int inOrderOfArrival() {
        if (!byArrival) {
            putInOrderOfArrival();
        }
        return size;
    }

    private void putInOrderOfArrival() {
        order = new long[times.length];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        sort(size, arrivals, false);
        long[] oldTimes = times.clone();
        long[] oldArrivals = arrivals.clone();
        byte[] oldChannels = channels.clone();
        @Nullable RecordKey[] oldKeys = keys.clone();
        @Nullable DataRecord[] oldRecords = records.clone();
        for (int i = 0; i < size; i++) {
            int from = (int) order[i];
            times[i] = oldTimes[from];
            arrivals[i] = oldArrivals[from];
            channels[i] = oldChannels[from];
            keys[i] = oldKeys[from];
            records[i] = oldRecords[from];
        }
        byArrival = true;
    }

    /**
     * Sorts the first positions in {@link #order} by their values, then by channel if asked, then by position. Value,
     * channel and position share one long where they fit, as they do unless values are centuries apart; sorting longs
     * that nearly are in order, as records of one stream are, takes little more than reading them.
     */
    private void sort(int count, long[] values, boolean byChannel) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            long value = values[(int) order[i]];
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        int positionBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, size));
        int channelBits = byChannel ? Byte.SIZE - 1 : 0;
        long span = greatest - least;
        if (span < 0 || span >>> (Long.SIZE - 1 - positionBits - channelBits) != 0) {
            sortApart(count, values, byChannel);
            return;
        }
        for (int i = 0; i < count; i++) {
            int position = (int) order[i];
            long key = (values[position] - least) << channelBits | (byChannel ? channels[position] : 0);
            order[i] = key << positionBits | position;
        }
        Arrays.sort(order, 0, count);
        long mask = (1L << positionBits) - 1;
        for (int i = 0; i < count; i++) {
            order[i] &= mask;
        }
    }

    private void sortApart(int count, long[] values, boolean byChannel) {
        List<Integer> positions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            positions.add((int) order[i]);
        }
        Comparator<Integer> byValue = Comparator.comparingLong(position -> values[position]);
        positions.sort(byChannel ? byValue.thenComparingInt(position -> channels[position]) : byValue);
        for (int i = 0; i < count; i++) {
            order[i] = positions.get(i);
        }
    }
}
