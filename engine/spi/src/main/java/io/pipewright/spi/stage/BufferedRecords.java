package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records that wait in an {@link EventTimeBuffer} stand in state: each with its time, the number of its arrival, and
 * the record in the field of its channel, so that it evolves by the names of its fields.
 */
final class BufferedRecords {

    private static final int FIRST_CHANNEL = 2;

    /** The order in which they are handed out. */
    static final Comparator<DataRecord> ORDER = Comparator.comparingLong(BufferedRecords::time)
            .thenComparingInt(BufferedRecords::channel)
            .thenComparingLong(BufferedRecords::arrival);

    private final RecordType type;

    BufferedRecords(List<EventTimeBuffer.Channel> channels) {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.of("time", Scalar.LONG));
        fields.add(Field.of("arrival", Scalar.LONG));
        for (EventTimeBuffer.Channel channel : channels) {
            fields.add(Field.nullable(channel.name(), channel.type()));
        }
        type = new RecordType("waiting", fields);
    }

    RecordType type() {
        return type;
    }

    DataRecord of(int channel, long time, long arrival, DataRecord record) {
        @Nullable Object[] values = new Object[type.size()];
        values[0] = time;
        values[1] = arrival;
        values[FIRST_CHANNEL + channel] = record;
        return new DataRecord(values, null);
    }

    static long time(DataRecord entry) {
        return number(entry, 0);
    }

    static long arrival(DataRecord entry) {
        return number(entry, 1);
    }

    private static long number(DataRecord entry, int position) {
        Object value = entry.get(position);
        if (value == null) {
            throw new IllegalStateException("A waiting record in state lacks its time or its arrival.");
        }
        return (Long) value;
    }

    static int channel(DataRecord entry) {
        for (int i = FIRST_CHANNEL; i < entry.size(); i++) {
            if (entry.get(i) != null) {
                return i - FIRST_CHANNEL;
            }
        }
        throw new IllegalStateException("A waiting record in state is of a channel that the operator no longer has.");
    }

    static DataRecord record(DataRecord entry) {
        Object record = entry.get(FIRST_CHANNEL + channel(entry));
        if (record == null) {
            throw new IllegalStateException("A waiting record in state is empty.");
        }
        return (DataRecord) record;
    }
}
