package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes keys compactly, equal keys as equal bytes; keys do not evolve.
 *
 * <p>A savepoint with keys of another type is refused: field types and their order must be the same. Names and
 * nullability may differ, for they do not change what a key is.
 */
public final class KeySerializer extends TypeSerializer<RecordKey> {

    private static final long serialVersionUID = 1L;

    private final RecordType type;
    private final transient DataType[] types;
    private final transient byte[] flags;
    private final transient ValueFormat format;

    public KeySerializer(RecordType type) {
        this.type = type;
        this.types = ValueFormat.types(type);
        this.flags = new byte[ValueFormat.flagBytes(types.length)];
        this.format = new ValueFormat();
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<RecordKey> duplicate() {
        return new KeySerializer(type);
    }

    @Override
    public RecordKey createInstance() {
        return new RecordKey(new Object[types.length]);
    }

    @Override
    public RecordKey copy(RecordKey from) {
        return from;
    }

    @Override
    public RecordKey copy(RecordKey from, RecordKey reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(RecordKey key, DataOutputView target) throws IOException {
        format.writeRecord(types, key.asRecord(), target);
    }

    @Override
    public RecordKey deserialize(DataInputView source) throws IOException {
        ValueFormat.readFlags(flags, types.length, source);
        return new RecordKey(format.readValues(types, flags, source));
    }

    @Override
    public RecordKey deserialize(RecordKey reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<RecordKey> snapshotConfiguration() {
        return new KeySerializerSnapshot(type);
    }

    /** Equal by the types of the values, as its snapshots are compared. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeySerializer serializer
                && Arrays.equals(ValueFormat.types(serializer.type), ValueFormat.types(type));
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ValueFormat.types(type));
    }

    private Object readResolve() {
        return new KeySerializer(type);
    }
}
