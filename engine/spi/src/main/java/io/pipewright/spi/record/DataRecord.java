package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.ListType;
import io.pipewright.spi.type.MapType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    private final @Nullable RestoredLayout restored;

    public DataRecord(@Nullable Object[] values, @Nullable Origin origin) {
        this.values = values;
        this.origin = origin;
        this.restored = null;
    }

    /** A record read from state whose type may since have changed. */
    DataRecord(@Nullable Object[] values, @Nullable Origin origin, RestoredLayout restored) {
        this.values = values;
        this.origin = origin;
        this.restored = restored;
    }

    /** A record without an origin, mainly for tests and for what was made from several records. */
    public static DataRecord of(@Nullable Object... values) {
        return new DataRecord(values, null);
    }

    public @Nullable Object get(int position) {
        RecordConversion conversion = conversion();
        return conversion == null ? values[position] : conversion.get(values, position);
    }

    public int size() {
        RecordConversion conversion = conversion();
        return conversion == null ? values.length : conversion.size();
    }

    private @Nullable RecordConversion conversion() {
        return restored == null ? null : restored.conversion();
    }

    private @Nullable Object[] values() {
        RecordConversion conversion = conversion();
        return conversion == null ? values : conversion.all(values);
    }

    /**
     * The name of the first field that is null although {@code type} forbids it, or null when all is well.
     *
     * <p>It happens to records from state alone: a field was added after they were written. Nested records count too,
     * their fields as {@code outer.inner}.
     */
    public @Nullable String missingField(RecordType type) {
        List<Field> fields = type.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            Object value = get(i);
            if (value == null) {
                if (!field.nullable()) {
                    return field.name();
                }
            } else if (!(field.type() instanceof Scalar)) {
                String inner = missingIn(field.type(), value);
                if (inner != null) {
                    return field.name() + inner;
                }
            }
        }
        return null;
    }

    private static @Nullable String missingIn(DataType type, Object value) {
        if (type instanceof RecordType record) {
            String inner = ((DataRecord) value).missingField(record);
            return inner == null ? null : "." + inner;
        }
        DataType element = type instanceof ListType list ? list.element() : ((MapType) type).value();
        if (element instanceof Scalar) {
            return null;
        }
        Collection<?> elements = value instanceof Map<?, ?> map ? map.values() : (List<?>) value;
        for (Object each : elements) {
            String inner = missingIn(element, each);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    /** Where the record came from, or null when it was made from several. */
    public @Nullable Origin origin() {
        return origin;
    }

    /** A record of the values at these positions, with the same origin. */
    public DataRecord project(int[] positions) {
        @Nullable Object[] picked = new Object[positions.length];
        for (int i = 0; i < positions.length; i++) {
            picked[i] = get(positions[i]);
        }
        return new DataRecord(picked, origin);
    }

    /** Equal by values; the origin does not count. Byte arrays and nested values are compared by content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DataRecord record && ValueEquality.equal(values(), record.values());
    }

    @Override
    public int hashCode() {
        return ValueEquality.hash(values());
    }

    @Override
    public String toString() {
        return Arrays.deepToString(values());
    }
}
