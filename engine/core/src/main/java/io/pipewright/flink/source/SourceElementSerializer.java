package io.pipewright.flink.source;

import io.pipewright.spi.record.DataRecord;
import io.pipewright.spi.stage.SourceElement;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** Writes what a source emits; needed where the splitter is not chained to its source, and for in-flight data. */
public final class SourceElementSerializer extends TypeSerializer<SourceElement> {

    private static final long serialVersionUID = 1L;

    private final TypeSerializer<DataRecord> records;
    private final TypeSerializer<DataRecord> failures;

    SourceElementSerializer(TypeSerializer<DataRecord> records, TypeSerializer<DataRecord> failures) {
        this.records = records;
        this.failures = failures;
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<SourceElement> duplicate() {
        return new SourceElementSerializer(records.duplicate(), failures.duplicate());
    }

    @Override
    public SourceElement createInstance() {
        return new SourceElement(records.createInstance(), false, SourceElement.NO_TIME);
    }

    @Override
    public SourceElement copy(SourceElement from) {
        return from;
    }

    @Override
    public SourceElement copy(SourceElement from, SourceElement reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(SourceElement element, DataOutputView target) throws IOException {
        target.writeBoolean(element.failed());
        target.writeLong(element.eventTime());
        (element.failed() ? failures : records).serialize(element.record(), target);
    }

    @Override
    public SourceElement deserialize(DataInputView source) throws IOException {
        boolean failed = source.readBoolean();
        long eventTime = source.readLong();
        return new SourceElement((failed ? failures : records).deserialize(source), failed, eventTime);
    }

    @Override
    public SourceElement deserialize(SourceElement reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceElementSerializer serializer
                && serializer.records.equals(records)
                && serializer.failures.equals(failures);
    }

    @Override
    public int hashCode() {
        return Objects.hash(records, failures);
    }

    @Override
    public TypeSerializerSnapshot<SourceElement> snapshotConfiguration() {
        return new Snapshot(this);
    }

    /** The serializers of both kinds of record, as they were at the time of a snapshot. */
    public static final class Snapshot extends CompositeTypeSerializerSnapshot<SourceElement, SourceElementSerializer> {

        /** For Flink. */
        public Snapshot() {}

        Snapshot(SourceElementSerializer serializer) {
            super(serializer);
        }

        @Override
        protected int getCurrentOuterSnapshotVersion() {
            return 1;
        }

        @Override
        protected TypeSerializer<?>[] getNestedSerializers(SourceElementSerializer outer) {
            return new TypeSerializer<?>[] {outer.records, outer.failures};
        }

        @Override
        @SuppressWarnings("unchecked") // in the order of getNestedSerializers
        protected SourceElementSerializer createOuterSerializerWithNestedSerializers(TypeSerializer<?>[] nested) {
            return new SourceElementSerializer(
                    (TypeSerializer<DataRecord>) nested[0], (TypeSerializer<DataRecord>) nested[1]);
        }
    }
}
