package io.pipewright.spi.record;

import io.pipewright.spi.type.RecordType;
import java.util.Objects;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Flink's description of records of one {@link RecordType}; every stream and every state of records is given one, so
 * that Flink never falls back to Kryo.
 */
public final class RecordTypeInfo extends TypeInformation<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final RecordType type;

    public RecordTypeInfo(RecordType type) {
        this.type = Objects.requireNonNull(type);
    }

    public static RecordTypeInfo of(RecordType type) {
        return new RecordTypeInfo(type);
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
        return type.size();
    }

    @Override
    public int getTotalFields() {
        return Math.max(1, type.size());
    }

    @Override
    public Class<DataRecord> getTypeClass() {
        return DataRecord.class;
    }

    /** False: a stream is keyed by {@link RecordKey}, never by a record. */
    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<DataRecord> createSerializer(SerializerConfig config) {
        return new RecordSerializer(type);
    }

    @Override
    @Deprecated
    public TypeSerializer<DataRecord> createSerializer(ExecutionConfig config) {
        return new RecordSerializer(type);
    }

    @Override
    public String toString() {
        return type.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordTypeInfo info && info.type.equals(type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof RecordTypeInfo;
    }
}
