package io.pipewright.bench.feed;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The events of one subtask: every so manieth of the feed.
 *
 * @param next the number of the next event
 */
record Stride(int index, int of, long next) implements SourceSplit {

    @Override
    public String splitId() {
        return "stride-" + index;
    }

    /** A stride as three numbers. */
    static final class Serializer implements SimpleVersionedSerializer<Stride> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Stride stride) {
            return ByteBuffer.allocate(16)
                    .putInt(stride.index)
                    .putInt(stride.of)
                    .putLong(stride.next)
                    .array();
        }

        @Override
        public Stride deserialize(int version, byte[] serialized) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(serialized);
            return new Stride(buffer.getInt(), buffer.getInt(), buffer.getLong());
        }
    }
}
