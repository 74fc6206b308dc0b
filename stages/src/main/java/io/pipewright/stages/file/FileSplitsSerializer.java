package io.pipewright.stages.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Writes what the enumerator keeps: the files that no reader has. */
final class FileSplitsSerializer implements SimpleVersionedSerializer<List<FileSplit>> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(List<FileSplit> splits) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(splits.size());
            for (FileSplit split : splits) {
                byte[] one = new OneFile().serialize(split);
                out.writeInt(one.length);
                out.write(one);
            }
        }
        return bytes.toByteArray();
    }

    @Override
    public List<FileSplit> deserialize(int version, byte[] serialized) throws IOException {
        List<FileSplit> splits = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                splits.add(new OneFile().deserialize(version, in.readNBytes(in.readInt())));
            }
        }
        return splits;
    }

    /** Writes one file and how much of it was read. */
    static final class OneFile implements SimpleVersionedSerializer<FileSplit> {

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(FileSplit split) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeUTF(split.path());
                out.writeLong(split.position());
                out.writeLong(split.lines());
            }
            return bytes.toByteArray();
        }

        @Override
        public FileSplit deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException("A file's position of version " + version + " cannot be read.");
            }
            try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized))) {
                return new FileSplit(in.readUTF(), in.readLong(), in.readLong());
            }
        }
    }
}
