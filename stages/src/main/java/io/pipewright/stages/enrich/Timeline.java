package io.pipewright.stages.enrich;

import io.pipewright.spi.record.DataRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of one key in the order of their event times, equal times in the order of their arrival; immutable.
 *
 * <p>Each entry is a record of its own with the time at position 0 and the record at position 1, as it is kept in state.
 */
record Timeline(List<DataRecord> entries) {

    static final Timeline EMPTY = new Timeline(List.of());

    static long time(DataRecord entry) {
        return (Long) value(entry, 0);
    }

    static DataRecord record(DataRecord entry) {
        return (DataRecord) value(entry, 1);
    }

    private static Object value(DataRecord entry, int position) {
        Object value = entry.get(position);
        if (value == null) {
            throw new IllegalStateException("An entry of a timeline lacks its time or its record.");
        }
        return value;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    DataRecord first() {
        return entries.get(0);
    }

    DataRecord last() {
        return entries.get(entries.size() - 1);
    }

    Timeline with(long time, DataRecord record) {
        int place = upTo(time);
        List<DataRecord> all = new ArrayList<>(entries.size() + 1);
        all.addAll(entries.subList(0, place));
        all.add(DataRecord.of(time, record));
        all.addAll(entries.subList(place, entries.size()));
        return new Timeline(Collections.unmodifiableList(all));
    }

    /** The latest entry that is not after this time, or null. */
    @Nullable
    DataRecord at(long time) {
        int place = upTo(time);
        return place == 0 ? null : entries.get(place - 1);
    }

    /** The number of entries that are not after this time. */
    int upTo(long time) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(entries.get(middle)) <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Without the first so many entries; this one for none. */
    Timeline without(int first) {
        return first <= 0
                ? this
                : new Timeline(Collections.unmodifiableList(new ArrayList<>(entries.subList(first, entries.size()))));
    }
}
