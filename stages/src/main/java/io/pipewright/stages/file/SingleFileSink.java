package io.pipewright.stages.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Writes all lines to one file on the machine where its one subtask runs. Its length is in the checkpoint; a restored
 * job cuts off what was written after it, so that the file in the end holds every line once.
 */
final class SingleFileSink implements Sink<byte[]>, SupportsWriterState<byte[], Long> {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final byte[] header;

    /** @param header what the file begins with, before any line */
    SingleFileSink(String path, byte[] header) {
        this.path = path;
        this.header = header;
    }

    @Override
    public SingleFileWriter createWriter(WriterInitContext context) throws IOException {
        return new SingleFileWriter(Path.of(path), header, 0);
    }

    @Override
    @Deprecated
    public SingleFileWriter createWriter(InitContext context) throws IOException {
        return new SingleFileWriter(Path.of(path), header, 0);
    }

    @Override
    public StatefulSinkWriter<byte[], Long> restoreWriter(WriterInitContext context, Collection<Long> lengths)
            throws IOException {
        long length = lengths.stream().mapToLong(Long::longValue).max().orElse(0);
        return new SingleFileWriter(Path.of(path), header, length);
    }

    @Override
    public SimpleVersionedSerializer<Long> getWriterStateSerializer() {
        return new LengthSerializer();
    }

    private static final class LengthSerializer implements SimpleVersionedSerializer<Long> {

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Long length) {
            return ByteBuffer.allocate(Long.BYTES).putLong(length).array();
        }

        @Override
        public Long deserialize(int version, byte[] serialized) {
            return ByteBuffer.wrap(serialized).getLong();
        }
    }
}
