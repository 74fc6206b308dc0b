package io.pipewright.stages.generate;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The numbers that one subtask was given: from {@code next} on, every {@code stride}th.
 *
 * @param index which of the {@code stride} parts of all numbers it is, from 0 on
 */
record Numbers(int index, int stride, long next) implements SourceSplit {

    static final int BYTES = 2 * Integer.BYTES + Long.BYTES;

    @Override
    public String splitId() {
        return index + "/" + stride;
    }

    Numbers advanced() {
        return new Numbers(index, stride, next + stride);
    }

    void write(ByteBuffer to) {
        to.putInt(index).putInt(stride).putLong(next);
    }

    static Numbers read(ByteBuffer from) {
        return new Numbers(from.getInt(), from.getInt(), from.getLong());
    }

    /** Writes one part of the numbers and how far it has come. */
    static final class Serializer implements SimpleVersionedSerializer<Numbers> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(Numbers numbers) {
            ByteBuffer bytes = ByteBuffer.allocate(BYTES);
            numbers.write(bytes);
            return bytes.array();
        }

        @Override
        public Numbers deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException("The number of a record, of version " + version + ", cannot be read.");
            }
            return read(ByteBuffer.wrap(serialized));
        }
    }
}
