package io.pipewright.stages.splits;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes one split and how far it has come. */
public abstract class SplitSerializer<S> implements SimpleVersionedSerializer<S> {

    private static final int USUAL_BYTES = 128;

    private final int version;

    /** @param version of what is written; no other is read, so a source that keeps something else has another one */
    protected SplitSerializer(int version) {
        this.version = version;
    }

    protected abstract void write(S split, DataOutput out) throws IOException;

    protected abstract S read(DataInput in) throws IOException;

    @Override
    public final int getVersion() {
        return version;
    }

    @Override
    public final byte[] serialize(S split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public final S deserialize(int written, byte[] serialized) throws IOException {
        if (written != version) {
            throw new IOException("A source's position of version " + written + " cannot be read.");
        }
        return read(new DataInputDeserializer(serialized));
    }

    /** Writes what the enumerator keeps: the splits that no reader has. */
    final SimpleVersionedSerializer<List<S>> ofLists() {
        return new OfLists<>(this);
    }

    private record OfLists<S>(SplitSerializer<S> one) implements SimpleVersionedSerializer<List<S>> {

        @Override
        public int getVersion() {
            return one.getVersion();
        }

        @Override
        public byte[] serialize(List<S> splits) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
            out.writeInt(splits.size());
            for (S split : splits) {
                byte[] bytes = one.serialize(split);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public List<S> deserialize(int version, byte[] serialized) throws IOException {
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            List<S> splits = new ArrayList<>();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                byte[] bytes = new byte[in.readInt()];
                in.readFully(bytes);
                splits.add(one.deserialize(version, bytes));
            }
            return splits;
        }
    }
}
