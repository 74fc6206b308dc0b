package io.pipewright.stages.file;

import io.pipewright.stages.splits.SplitSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A file, and how much of it was read.
 *
 * @param path as it was found
 * @param position bytes read, of the unpacked content
 * @param lines lines read, blank ones too
 */
record FileSplit(String path, long position, long lines) implements SourceSplit {

    @Override
    public String splitId() {
        return path;
    }

    /** Writes one file and how much of it was read. */
    static final class Serializer extends SplitSerializer<FileSplit> {

        Serializer() {
            super(1);
        }

        @Override
        protected void write(FileSplit split, DataOutput out) throws IOException {
            out.writeUTF(split.path);
            out.writeLong(split.position);
            out.writeLong(split.lines);
        }

        @Override
        protected FileSplit read(DataInput in) throws IOException {
            return new FileSplit(in.readUTF(), in.readLong(), in.readLong());
        }
    }
}
