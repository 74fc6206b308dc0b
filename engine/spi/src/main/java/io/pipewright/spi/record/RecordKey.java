package io.pipewright.spi.record;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values of a stream's key fields in order, also where there is but one, or none.
 *
 * <p>Its hash, which decides the key group, is MurmurHash3 x86 32 (seed 0) over canonical bytes, and never changes:
 *
 * <pre>
 * null 00 | false 01 | true 02
 * int, long  03, 8 bytes big-endian
 * string     04, 4 bytes count of UTF-8 bytes, the bytes
 * decimal    05, 4 bytes scale, 4 bytes count, unscaled value in two's complement (trailing zeros stripped)
 * date       06, 8 bytes days since 1970-01-01
 * timestamp  07, 8 bytes seconds since the epoch, 4 bytes nanoseconds
 * duration   08, 8 bytes seconds, 4 bytes nanoseconds
 * </pre>
 *
 * <p>Decimals are kept without trailing zeros, so that 1.0 and 1.00 are one key. A null is a value like others.
 */
public final class RecordKey {

    private static final @Nullable Object[] NO_MORE = {};

    /** Apart from the others: nearly all keys have but one value, and to compare keys of state is to wait for memory. */
    private final @Nullable Object first;

    private final @Nullable Object[] more;
    private final int size;
    private int hash;

    /** A key of these values. */
    RecordKey(@Nullable Object[] values) {
        this.size = values.length;
        this.first = size == 0 ? null : values[0];
        this.more = size < 2 ? NO_MORE : Arrays.copyOfRange(values, 1, size);
    }

    /** A key of one value. */
    RecordKey(@Nullable Object value) {
        this.size = 1;
        this.first = value;
        this.more = NO_MORE;
    }

    /** A key of these values, each of a type that {@link #refusal} accepts. */
    public static RecordKey of(@Nullable Object... values) {
        @Nullable Object[] canonical = values.clone();
        for (int i = 0; i < canonical.length; i++) {
            canonical[i] = canonical(canonical[i]);
        }
        return new RecordKey(canonical);
    }

    /**
     * Why a field cannot be part of a key, as a sentence for the pipeline's author; empty where it can.
     *
     * <p>Nullable fields are accepted here: whether a stage takes them is its own rule.
     */
    public static Optional<String> refusal(Field field) {
        if (!(field.type() instanceof Scalar scalar)) {
            return Optional.of(refusal(field, "only single values make a key"));
        }
        return switch (scalar) {
            case STRING, BOOLEAN, INT, LONG, DECIMAL, DATE, TIMESTAMP, DURATION -> Optional.empty();
            case DOUBLE -> Optional.of(refusal(field, "doubles that look equal may differ"));
            case BYTES -> Optional.of(refusal(field, "bytes have no readable equality"));
            case JSON -> Optional.of(refusal(field, "equal JSON may be written in different ways"));
        };
    }

    private static String refusal(Field field, String why) {
        return "`" + field.name() + "` is a " + field.type().text() + " and cannot be part of a key: " + why + ".";
    }

    static @Nullable Object canonical(@Nullable Object value) {
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }

    /** The value at a position, in the order of the key's fields. */
    public @Nullable Object get(int position) {
        return position == 0 && size > 0 ? first : more[position - 1];
    }

    public int size() {
        return size;
    }

    /** Whether a value of it is null. */
    public boolean hasNull() {
        for (int i = 0; i < size; i++) {
            if (get(i) == null) {
                return true;
            }
        }
        return false;
    }

    /** The key's values as a record without an origin, for a scope that reads them by position. */
    public DataRecord asRecord() {
        return new DataRecord(values(), null);
    }

    private @Nullable Object[] values() {
        @Nullable Object[] values = new Object[size];
        copyTo(values, 0);
        return values;
    }

    /** Copies the key's values into a record's array, from {@code position} on. */
    public void copyTo(@Nullable Object[] target, int position) {
        if (size > 0) {
            target[position] = first;
            System.arraycopy(more, 0, target, position + 1, more.length);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof RecordKey key
                        && hashCode() == key.hashCode()
                        && size == key.size
                        && Objects.equals(first, key.first)
                        && Arrays.equals(more, key.more);
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = size == 1 ? KeyHash.of(first) : KeyHash.of(values());
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return Arrays.toString(values());
    }

    /** The type of the keys that these fields of a record make. */
    public static RecordType type(RecordType record, List<String> fields) {
        return new RecordType(
                "Key",
                fields.stream()
                        .map(field -> record.fields().get(record.position(field)))
                        .toList());
    }
}
