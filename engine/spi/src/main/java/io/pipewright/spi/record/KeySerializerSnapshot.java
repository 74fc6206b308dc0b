package io.pipewright.spi.record;

import io.pipewright.spi.type.DataType;
import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The key type that state was written with; Flink alone makes and asks it. */
public final class KeySerializerSnapshot implements TypeSerializerSnapshot<RecordKey> {

    private @Nullable RecordType type;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public KeySerializerSnapshot() {}

    KeySerializerSnapshot(RecordType type) {
        this.type = type;
    }

    @Override
    public int getCurrentVersion() {
        return TypeFormat.VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
        TypeFormat.writeRecord(type(), out);
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader classes) throws IOException {
        type = TypeFormat.readRecord(version, in);
    }

    @Override
    public TypeSerializer<RecordKey> restoreSerializer() {
        return new KeySerializer(type());
    }

    @Override
    public TypeSerializerSchemaCompatibility<RecordKey> resolveSchemaCompatibility(
            TypeSerializerSnapshot<RecordKey> old) {
        return old instanceof KeySerializerSnapshot before && Arrays.equals(before.types(), types())
                ? TypeSerializerSchemaCompatibility.compatibleAsIs()
                : TypeSerializerSchemaCompatibility.incompatible();
    }

    private DataType[] types() {
        return ValueFormat.types(type());
    }

    private RecordType type() {
        return Objects.requireNonNull(type, "readSnapshot comes first");
    }
}
