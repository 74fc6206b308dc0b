package io.pipewright.spi.record;

import io.pipewright.spi.type.RecordType;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The record type that state was written with, kept in every checkpoint; Flink alone makes and asks it. */
public final class RecordSerializerSnapshot implements TypeSerializerSnapshot<DataRecord> {

    private final RestoredLayout layout = new RestoredLayout();
    private @Nullable RecordType type;

    /** For Flink, which then calls {@link #readSnapshot}. */
    public RecordSerializerSnapshot() {}

    RecordSerializerSnapshot(RecordType type) {
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
    public TypeSerializer<DataRecord> restoreSerializer() {
        return new RecordSerializer(type(), layout);
    }

    @Override
    public TypeSerializerSchemaCompatibility<DataRecord> resolveSchemaCompatibility(
            TypeSerializerSnapshot<DataRecord> old) {
        if (!(old instanceof RecordSerializerSnapshot before)) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        if (RecordConversion.sameValues(before.type(), type())) {
            return TypeSerializerSchemaCompatibility.compatibleAsIs();
        }
        if (!RecordConversion.possible(before.type(), type())) {
            return TypeSerializerSchemaCompatibility.incompatible();
        }
        before.layout.become(new RecordConversion(before.type(), type()));
        return TypeSerializerSchemaCompatibility.compatibleAfterMigration();
    }

    private RecordType type() {
        return Objects.requireNonNull(type, "readSnapshot comes first");
    }
}
