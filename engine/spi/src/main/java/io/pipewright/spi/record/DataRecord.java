package io.pipewright.spi.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An immutable row of values, positioned as the {@link io.pipewright.spi.type.RecordType} that describes it says.
 *
 * <p>It does not carry its type: every stage knows the layout of its inputs and outputs from the plan. The values are
 * of the classes named by {@link io.pipewright.spi.type.Scalar#javaClass}. The array given to the constructor belongs
 * to the record from then on; the caller must not touch it again (it is not copied: this is the hot path).
 */
public final class DataRecord {

    private final @Nullable Object[] values;
    private final @Nullable Origin origin;

    public DataRecord(@Nullable Object[] values, @Nullable Origin origin) {
        this.values = values;
        this.origin = origin;
    }

    /** A record without an origin, mainly for tests and for what was made from several records. */
    public static DataRecord of(@Nullable Object... values) {
        return new DataRecord(values, null);
    }

    public @Nullable Object get(int position) {
        return values[position];
    }

    public int size() {
        return values.length;
    }

    /** Where the record came from, or null when it was made from several. */
    public @Nullable Origin origin() {
        return origin;
    }

    /** A record of the values at these positions, with the same origin. */
    public DataRecord project(int[] positions) {
        @Nullable Object[] picked = new Object[positions.length];
        for (int i = 0; i < positions.length; i++) {
            picked[i] = values[positions[i]];
        }
        return new DataRecord(picked, origin);
    }

    /** Equal by values; the origin does not count. Byte arrays and nested values are compared by content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DataRecord record && Arrays.deepEquals(values, record.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(values);
    }
}
