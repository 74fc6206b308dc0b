package io.pipewright.stages.file;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes which files readers have. */
final class FileKeysSerializer implements SimpleVersionedSerializer<Set<String>> {

    private static final int USUAL_BYTES = 1024;

    @Override
    public int getVersion() {
        return FollowedFile.Serializer.VERSION;
    }

    @Override
    public byte[] serialize(Set<String> keys) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(USUAL_BYTES);
        out.writeInt(keys.size());
        for (String key : keys) {
            out.writeUTF(key);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public Set<String> deserialize(int version, byte[] serialized) throws IOException {
        if (version != getVersion()) {
            throw new IOException("The checkpoint is of a `file` source without `follow`: start without it.");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        Set<String> keys = new LinkedHashSet<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            keys.add(in.readUTF());
        }
        return keys;
    }
}
