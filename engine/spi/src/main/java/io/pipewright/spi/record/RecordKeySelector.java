package io.pipewright.spi.record;

import io.pipewright.spi.type.Field;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.jspecify.annotations.Nullable;

/** Takes the key fields out of a record; an empty list of fields gives every record the one empty key. */
public final class RecordKeySelector implements KeySelector<DataRecord, RecordKey>, ResultTypeQueryable<RecordKey> {

    private static final long serialVersionUID = 1L;

    private final RecordType keyType;
    private final int[] positions;
    private final boolean decimals;

    /**
     * A selector of these fields in this order.
     *
     * @throws IllegalArgumentException when the record lacks a field, or one cannot be part of a key
     */
    public RecordKeySelector(RecordType record, List<String> fields) {
        keyType = RecordKey.type(record, fields);
        keyType.fields().forEach(field -> RecordKey.refusal(field).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        }));
        positions = fields.stream().mapToInt(record::position).toArray();
        decimals = keyType.fields().stream().anyMatch(RecordKeySelector::decimal);
    }

    private static boolean decimal(Field field) {
        return field.type() == Scalar.DECIMAL;
    }

    @Override
    public RecordKey getKey(DataRecord record) {
        if (positions.length == 1) {
            return new RecordKey(value(record, positions[0]));
        }
        @Nullable Object[] values = new Object[positions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(record, positions[i]);
        }
        return new RecordKey(values);
    }

    private @Nullable Object value(DataRecord record, int position) {
        Object value = record.get(position);
        return decimals ? RecordKey.canonical(value) : value;
    }

    /** The type of the keys: the key fields in their order. */
    public RecordType keyType() {
        return keyType;
    }

    @Override
    public TypeInformation<RecordKey> getProducedType() {
        return new KeyTypeInfo(keyType);
    }
}
