package io.pipewright.flink.source;

import io.pipewright.spi.record.FailureRecord;
import io.pipewright.spi.record.RecordSerializer;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.spi.type.RecordType;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Flink's description of what a source emits: records of one type, or failures in their place. */
public final class SourceElementTypeInfo extends TypeInformation<SourceElement> {

    private static final long serialVersionUID = 1L;

    private final RecordType type;

    public SourceElementTypeInfo(RecordType type) {
        this.type = type;
    }

    /** The type of the records that are not failures. */
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
        return 3;
    }

    @Override
    public int getTotalFields() {
        return 3;
    }

    @Override
    public Class<SourceElement> getTypeClass() {
        return SourceElement.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<SourceElement> createSerializer(SerializerConfig config) {
        return new SourceElementSerializer(new RecordSerializer(type), new RecordSerializer(FailureRecord.TYPE));
    }

    @Override
    @Deprecated
    public TypeSerializer<SourceElement> createSerializer(ExecutionConfig config) {
        return createSerializer(config.getSerializerConfig());
    }

    @Override
    public String toString() {
        return "SourceElement of " + type;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceElementTypeInfo info && info.type.equals(type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof SourceElementTypeInfo;
    }
}
