package io.pipewright.stages.file;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes lines to part files, each of which begins with the header; one that goes on after a restore has it already. */
final class PartFileEncoder implements Encoder<byte[]> {

    private static final long serialVersionUID = 1L;

    private final byte[] header;

    /** The part file of the last line: a writer has one open at a time. */
    private transient @Nullable OutputStream last;

    /** @param header with its end; empty for none */
    PartFileEncoder(byte[] header) {
        this.header = header;
    }

    @Override
    public void encode(byte[] line, OutputStream out) throws IOException {
        if (out != last) {
            last = out;
            if (((FSDataOutputStream) out).getPos() == 0) {
                out.write(header);
            }
        }
        out.write(line);
        out.write('\n');
    }
}
