package io.pipewright.spi.stage;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.type.RecordType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rows of the fields of a record and of values that a stage adds to it. */
public final class AddedValues {

    /** The position of each field in the input, or that of the value, from -1 down. */
    private final int[] positions;

    private AddedValues(int[] positions) {
        this.positions = positions;
    }

    /**
     * Binds it to the layouts that the records really have.
     *
     * @param added the names of the fields that hold the values, in the order of {@link #of}
     */
    public static AddedValues bind(List<String> added, RecordType input, RecordType row) {
        return new AddedValues(row.names().stream()
                .mapToInt(name -> added.contains(name) ? -1 - added.indexOf(name) : input.position(name))
                .toArray());
    }

    /** The row, with the origin of {@code record}. */
    public DataRecord of(DataRecord record, @Nullable Object... added) {
        @Nullable Object[] values = new Object[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = positions[i] < 0 ? added[-1 - positions[i]] : record.get(positions[i]);
        }
        return new DataRecord(values, record.origin());
    }
}
