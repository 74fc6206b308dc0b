package io.pipewright.stages.file;

import io.pipewright.stages.splits.SplitSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A file that may grow, and how much of it was read. It stays the same when it is renamed.
 *
 * @param key as in {@link FoundFile}
 * @param at its last known path, and how much was read
 */
record FollowedFile(String key, FileSplit at, FileHead head) implements SourceSplit {

    /** One of which nothing was read. */
    static FollowedFile of(FoundFile found) {
        return new FollowedFile(found.key(), new FileSplit(found.path(), 0, 0), FileHead.NONE);
    }

    @Override
    public String splitId() {
        return key;
    }

    FollowedFile named(String path) {
        return new FollowedFile(key, new FileSplit(path, at.position(), at.lines()), head);
    }

    FollowedFile readTo(FileSplit split) {
        return new FollowedFile(key, new FileSplit(at.path(), split.position(), split.lines()), head);
    }

    /** Whether it has grown since, if at all; not if it is shorter than what was read, or begins with something else. */
    boolean goesOn(byte[] first, long size) {
        return size >= at.position() && head.begins(first);
    }

    /** From its start, which is this. */
    FollowedFile fromStart(byte[] first) {
        return new FollowedFile(key, new FileSplit(at.path(), 0, 0), FileHead.of(first));
    }

    FollowedFile beginningWith(byte[] first) {
        return new FollowedFile(key, at, FileHead.of(first));
    }

    /** Writes one file and how much of it was read. */
    static final class Serializer extends SplitSerializer<FollowedFile> {

        /** Version 1 are files that do not grow. */
        static final int VERSION = 2;

        private final FileSplit.Serializer positions = new FileSplit.Serializer();

        Serializer() {
            super(VERSION);
        }

        @Override
        protected void write(FollowedFile file, DataOutput out) throws IOException {
            out.writeUTF(file.key);
            positions.write(file.at, out);
            out.writeInt(file.head.length());
            out.writeInt(file.head.checksum());
        }

        @Override
        protected FollowedFile read(DataInput in) throws IOException {
            return new FollowedFile(in.readUTF(), positions.read(in), new FileHead(in.readInt(), in.readInt()));
        }
    }
}
