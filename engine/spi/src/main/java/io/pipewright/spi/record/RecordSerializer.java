package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.RecordType;
import io.pipewright.spi.type.Scalar;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of one {@link RecordType} compactly; state written with it evolves by field name.
 *
 * <p>Records are immutable, so copying is the identity. The present type may, against the one in a savepoint, add
 * fields (null in old records), drop fields, order them otherwise and widen int to long. A field that old records lack
 * and whose type forbids null is null all the same; a stage that reads state finds such a record with {@link
 * DataRecord#missingField}. Any other change of a field's type is refused by Flink at the restore.
 */
public final class RecordSerializer extends TypeSerializer<DataRecord> {

    private static final long serialVersionUID = 1L;

    private final RecordType type;
    private final transient DataType[] types;
    private final transient byte[] flags;
    private final transient ValueFormat format;

    /** Of this serializer's texts; what crosses the network or comes from state would else be a new object every time. */
    private transient @Nullable TextCache @Nullable [] texts;

    private final transient @Nullable RestoredLayout restored;

    public RecordSerializer(RecordType type) {
        this(type, null);
    }

    /** A serializer for reading what a snapshot describes; {@code restored} will know the present type. */
    RecordSerializer(RecordType type, @Nullable RestoredLayout restored) {
        this.type = type;
        this.types = ValueFormat.types(type);
        this.flags = new byte[ValueFormat.flagBytes(types.length)];
        this.format = new ValueFormat();
        this.restored = restored;
    }

    public RecordType recordType() {
        return type;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<DataRecord> duplicate() {
        return new RecordSerializer(type, restored);
    }

    @Override
    public DataRecord createInstance() {
        return new DataRecord(new Object[types.length], null);
    }

    @Override
    public DataRecord copy(DataRecord from) {
        return from;
    }

    @Override
    public DataRecord copy(DataRecord from, DataRecord reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(DataRecord record, DataOutputView target) throws IOException {
        format.writeRecord(types, record, target);
    }

    @Override
    public DataRecord deserialize(DataInputView source) throws IOException {
        ValueFormat.readFlags(flags, types.length, source);
        Origin origin = format.readOrigin(flags, source);
        @Nullable Object[] values = format.readValues(types, texts(), flags, source);
        return restored == null ? new DataRecord(values, origin) : new DataRecord(values, origin, restored);
    }

    private @Nullable TextCache[] texts() {
        @Nullable TextCache[] known = texts;
        if (known == null) {
            known = new TextCache[types.length];
            for (int i = 0; i < known.length; i++) {
                known[i] = types[i] == Scalar.STRING ? new TextCache() : null;
            }
            texts = known;
        }
        return known;
    }

    @Override
    public DataRecord deserialize(DataRecord reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        ValueFormat.readFlags(flags, types.length, source);
        Origin origin = format.readOrigin(flags, source);
        format.writeRecord(types, new DataRecord(format.readValues(types, flags, source), origin), target);
    }

    @Override
    public TypeSerializerSnapshot<DataRecord> snapshotConfiguration() {
        return new RecordSerializerSnapshot(type);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordSerializer serializer && serializer.type.equals(type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    private Object readResolve() {
        return new RecordSerializer(type);
    }
}
