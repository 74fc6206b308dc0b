package io.pipewright.spi.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of the key fields of a record, in the order of {@code keyBy}. */
public final class RecordKey {

    private final @Nullable Object[] values;

    public RecordKey(@Nullable Object... values) {
        this.values = values;
    }

    public @Nullable Object get(int position) {
        return values[position];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordKey key && Arrays.equals(values, key.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }
}
