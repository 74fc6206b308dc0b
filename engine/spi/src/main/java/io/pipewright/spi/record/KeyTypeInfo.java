package io.pipewright.spi.record;

import io.pipewright.spi.type.RecordType;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Flink's description of the keys that some fields of a record make; the {@link RecordType} has those fields alone, in
 * the key's order.
 */
public final class KeyTypeInfo extends TypeInformation<RecordKey> {

    private static final long serialVersionUID = 1L;

    private final RecordType type;

    public KeyTypeInfo(RecordType type) {
        this.type = Objects.requireNonNull(type);
    }

    public static KeyTypeInfo of(RecordType type) {
        return new KeyTypeInfo(type);
    }

    public RecordType recordType() {
        return type;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return Math.max(1, type.size());
    }

    @Override
    public int getTotalFields() {
        return Math.max(1, type.size());
    }

    @Override
    public Class<RecordKey> getTypeClass() {
        return RecordKey.class;
    }

    @Override
    public boolean isKeyType() {
        return true;
    }

    @Override
    public TypeSerializer<RecordKey> createSerializer(SerializerConfig config) {
        return new KeySerializer(type);
    }

    @Override
    @Deprecated
    public TypeSerializer<RecordKey> createSerializer(ExecutionConfig config) {
        return new KeySerializer(type);
    }

    @Override
    public String toString() {
        return "Key" + type;
    }

    /** Equal by the types of the values: two inputs may call the fields of their common key differently. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyTypeInfo info
                && Arrays.equals(ValueFormat.types(info.type), ValueFormat.types(type));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ValueFormat.types(type));
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof KeyTypeInfo;
    }
}
