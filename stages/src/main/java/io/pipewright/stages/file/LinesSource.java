package io.pipewright.stages.file;

import io.pipewright.spi.stage.SourceDecoder;
import io.pipewright.spi.stage.SourceElement;
import io.pipewright.stages.splits.DealtSource;
import io.pipewright.stages.splits.SplitSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;

/**
 * Reads the lines of files as bytes, whatever they are, and ends.
 *
 * <p>A file is a split. Each reader has all its files from the start: its watermark then waits for the slowest of them,
 * and a file read second is not late because of the first.
 */
final class LinesSource extends DealtSource<FileSplit> {

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
    protected List<FileSplit> splits(int parallelism) throws IOException {
        List<Path> files = new FilePattern(path).files();
        if (files.isEmpty()) {
            throw new IOException("There is no file at `" + path + "`.");
        }
        return files.stream().map(file -> new FileSplit(file.toString(), 0, 0)).toList();
    }

    @Override
    protected SplitSerializer<FileSplit> serializer() {
        return new FileSplit.Serializer();
    }
}
