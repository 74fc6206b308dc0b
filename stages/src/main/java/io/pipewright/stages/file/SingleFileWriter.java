package io.pipewright.stages.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;

/** Appends lines to a file and knows how long it is. */
final class SingleFileWriter implements StatefulSinkWriter<byte[], Long> {

    private final FileChannel channel;
    private final OutputStream out;
    private long length;

    /**
     * Opens the file and cuts it to {@code length} bytes.
     *
     * @param header what an empty file begins with
     * @throws IOException if it is shorter than that: what a checkpoint says was written is gone
     */
    SingleFileWriter(Path path, byte[] header, long length) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.size() < length) {
            channel.close();
            throw new IOException("`" + path + "` is shorter than the checkpoint says (" + length
                    + " bytes): start without the checkpoint, or bring the file back.");
        }
        channel.truncate(length);
        channel.position(length);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        this.length = length;
        if (length == 0) {
            out.write(header);
            this.length = header.length;
        }
    }

    @Override
    public void write(byte[] line, Context context) throws IOException {
        out.write(line);
        out.write('\n');
        length += line.length + 1L;
    }

    @Override
    public void flush(boolean endOfInput) throws IOException {
        out.flush();
        channel.force(false);
    }

    @Override
    public List<Long> snapshotState(long checkpointId) throws IOException {
        out.flush();
        return List.of(length);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
