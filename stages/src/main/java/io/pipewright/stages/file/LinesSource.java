package io.pipewright.stages.file;

import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads the lines of files as bytes, whatever they are, and ends.
 *
 * <p>A file is a split. Each reader has all its files from the start: its watermark then waits for the slowest of them,
 * and a file read second is not late because of the first.
 */
final class LinesSource implements Source<SourceElement, FileSplit, List<FileSplit>> {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final boolean header;
    private final SourceDecoder decoder;

    /** @param header whether the first line of each file is no record but says what stands where in the others */
    LinesSource(String path, boolean header, SourceDecoder decoder) {
        this.path = path;
        this.header = header;
        this.decoder = decoder;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<SourceElement, FileSplit> createReader(SourceReaderContext context) {
        return new LinesReader(header, decoder);
    }

    @Override
    public SplitEnumerator<FileSplit, List<FileSplit>> createEnumerator(SplitEnumeratorContext<FileSplit> context)
            throws IOException {
        List<Path> files = new FilePattern(path).files();
        if (files.isEmpty()) {
            throw new IOException("There is no file at `" + path + "`.");
        }
        return new FileEnumerator(
                context,
                files.stream().map(file -> new FileSplit(file.toString(), 0, 0)).toList());
    }

    @Override
    public SplitEnumerator<FileSplit, List<FileSplit>> restoreEnumerator(
            SplitEnumeratorContext<FileSplit> context, List<FileSplit> unassigned) {
        return new FileEnumerator(context, unassigned);
    }

    @Override
    public SimpleVersionedSerializer<FileSplit> getSplitSerializer() {
        return new FileSplitsSerializer.OneFile();
    }

    @Override
    public SimpleVersionedSerializer<List<FileSplit>> getEnumeratorCheckpointSerializer() {
        return new FileSplitsSerializer();
    }
}
